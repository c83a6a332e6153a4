"""A document that names each category and sub-item of the notice of 2018 touches all of them and nothing else."""

from __future__ import annotations

import pytest

from archive.vocabulary.technologies import technology_ids
from diffing.touches.engine import touches_in_text

_ENGLISH = """Comments are sought on these fields.
(1) Biotechnology: (i) nanobiology; (ii) synthetic biology; (iii) genomic and genetic engineering; or (iv) neurotechnology.
(2) Artificial intelligence and machine learning: (i) neural networks and deep learning; (ii) evolutionary and genetic computation; (iii) reinforcement
learning; (iv) computer vision; (v) expert systems; (vi) speech and audio processing; (vii) natural language processing; (viii) planning;
(ix) audio and video manipulation; (x) AI cloud technologies; or (xi) AI chipsets.
(3) Position, navigation and timing.
(4) Microprocessors: (i) systems on chip; or (ii) stacked memory on chip.
(5) Advanced computing: memory-centric logic.
(6) Data analytics: (i) visualization; (ii) automated analysis algorithms; or (iii) context-aware computing.
(7) Quantum information and sensing: (i) quantum computing; (ii) quantum encryption; or (iii) quantum sensing.
(8) Logistics: (i) mobile electric power; (ii) modelling and simulation; (iii) total asset visibility; or (iv) distribution-based logistics.
(9) Additive manufacturing.
(10) Robotics: (i) micro-drones and micro-robots; (ii) swarming; (iii) self-assembling robots; (iv) molecular robotics; (v) robot compilers; or (vi) smart dust.
(11) Brain-computer interfaces: (i) neural-controlled interfaces; (ii) mind-machine interfaces; (iii) direct neural interfaces; or (iv) brain-machine interfaces.
(12) Hypersonics: (i) flight control algorithms; (ii) propulsion technologies; (iii) thermal protection systems; or (iv) specialised materials.
(13) Advanced materials: (i) adaptive camouflage; (ii) functional textiles; or (iii) biomaterials.
(14) Advanced surveillance: faceprint and voiceprint.
"""
_CHINESE = """现就下列领域征求意见。
一、生物技术：纳米生物学；合成生物学；基因组和基因工程；神经科学。
二、人工智能和机器学习：神经网络和深度学习；进化和遗传计算；强化学习；计算机视觉；专家系统；语音和音频处理；自然语言处理；规划；语音克隆、深度伪造；AI云技术；AI芯片组。
三、定位、导航和定时。
四、微处理器：片上系统；片上堆栈存储器。
五、先进计算：以内存为中心的逻辑。
六、数据分析：可视化；自动分析算法；语境感知计算。
七、量子信息和传感：量子计算；量子加密；量子传感。
八、物流：移动电力系统；建模和模拟；资产总体可见度；基于配送的物流系统。
九、增材制造。
十、机器人：微型无人机和微型机器人；集群技术；自组装；分子机器人；机器人编译器；智能微尘。
十一、脑机接口：神经控制接口；意识-机器接口；直接神经接口；脑-机接口。
十二、高超音速：飞行控制算法；推进技术；热保护系统；专用材料。
十三、先进材料：自适应伪装；功能性纺织品；生物材料。
十四、先进监控：面印和声纹。
"""
_NOTICE = {identifier for identifier in technology_ids() if not identifier.startswith("X")}


@pytest.mark.parametrize(("text", "language"), [(_ENGLISH, "en"), (_CHINESE, "zh")])
def test_every_category_and_sub_item_is_touched_and_nothing_else(text: str, language: str) -> None:
    touches = touches_in_text(text, language=language)
    assert {touch.id for touch in touches} == _NOTICE
    assert {touch.type for touch in touches} == {"technology"}


def test_a_japanese_amendment_touches_what_it_adds() -> None:
    text = "別表第一の一六の項の次に、積層造形に用いる装置、極低温冷却装置並びにケイ素及びゲルマニウムの前駆体を加える。"
    touched = touches_in_text(text, language="ja")
    assert {touch.id for touch in touched if touch.type == "technology"} == {"9", "X9", "X10"}
    assert {touch.id for touch in touched if touch.type == "code"} == {"輸出令/別表1/16"}
