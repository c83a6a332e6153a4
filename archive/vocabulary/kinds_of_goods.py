"""What the entries of the lists are of: equipment, lasers, toxins, software. A number right after one of these words is the entry's, where after a
tank, a locker or a patient it is only the thing's own.

Words are the last of a compound (vibration test *equipment*, *Laserbearbeitungs*ausrüstung, 生产设备). Things that carry numbers of their own in a works
or a house (pump, valve, machine, vessel, circuit) are not among them.
"""

from __future__ import annotations

_ENGLISH = """equipment gear apparatus kit goods tooling software technology material laser sensor camera detector radar sonar lidar antenna amplifier oscillator converter computer supercomputer processor microprocessor oscilloscope spectrometer interferometer
centrifuge fibre fiber filament alloy powder prepreg resin polymer ceramic composite coating toxin virus bacterium fungus pathogen precursor propellant fuel oxidiser oxidizer explosive rocket missile satellite spacecraft drone uav
aircraft helicopter submarine submersible hydrophone gyroscope gyro accelerometer altimeter magnetometer gravimeter mask reticle wafer substrate etcher implanter stepper scanner manipulator jammer modem magnet superconductor
capacitor-bank optics lens mirror phosphor scintillator photodetector hydride isotope uranium plutonium tritium helium hafnium zirconium beryllium boron lithium graphite turbine turbojet turbofan turboprop ramjet scramjet firearm rifle shotgun ammunition
cryptography encryption hardware helmet armour armor sight scope telescope maser transistor mmic fpga adc dac mosfet thyristor tube klystron magnetron battery photocathode electronics avionics know-how instrument instrumentation nickel titanium tungsten aluminium aluminum magnesium bismuth steel zinc gallium germanium antimony molybdenum tantalum niobium rhenium chlorine fluorine hydrogen mercury metal chemical
"""
_FRENCH = """équipement outillage logiciel technologie matériau matériel laser capteur caméra détecteur radar sonar antenne amplificateur oscillateur convertisseur ordinateur calculateur processeur oscilloscope spectromètre centrifugeuse
fibre alliage poudre résine polymère céramique composite revêtement toxine virus bactérie précurseur propergol carburant explosif missile fusée satellite drone aéronef hélicoptère submersible hydrophone gyroscope accéléromètre altimètre
magnétomètre masque plaquette substrat fermenteur manipulateur brouilleur aimant supraconducteur turbine turboréacteur munition fusil chiffrement casque transistor instrument robot nickel titane tungstène aluminium magnésium acier zinc gallium germanium graphite métal
"""
GOODS = frozenset((_ENGLISH + _FRENCH).split())
_WIDE = """设备 系统 材料 软件 技术 激光器 传感器 相机 探测器 雷达 天线 放大器 振荡器 转换器 计算机 处理器 示波器 光谱仪 离心机 机床 磨床 车床 铣床 机器人 光纤 纤维 合金 粉末 树脂 毒素 病毒 细菌 前体 推进剂 燃料 炸药 火箭 导弹 卫星 无人机 飞机 直升机 潜艇 潜水器
陀螺仪 加速度计 高度计 磁强计 掩模 掩膜 晶圆 基片 光刻机 刻蚀机 离子注入机 发酵罐 机械手 干扰机 磁体 超导体 涡轮 发动机 弹药 步枪 枪支 加密机 晶体管 芯片 铀 镍 钛 钨 铝 镁 铍 锆 石墨 器件 组件 元件 仪器 装置 装备 工装 风洞 示波器 水听器 热像仪 夜视仪 反射镜 透镜 电池 电子管
設備 系統 軟體 技術 雷射 感測器 偵檢器 探測器 雷達 天線 放大器 振盪器 電腦 處理器 示波器 光譜儀 離心機 工具機 機器人 光纖 纖維 樹脂 病毒 細菌 前驅物 推進劑 燃料 炸藥 火箭 飛彈 衛星 無人機 飛機 直升機 潛艇 陀螺儀 加速規 高度計 光罩 晶圓 基板 蝕刻機 發酵槽 機械手 干擾器 超導體 渦輪 發動機 彈藥 電晶體 晶片 鈾 鎳 鈦 鎢 鋁 鎂 元件 零組件 儀器 熱像儀 反射鏡 透鏡
装置 機器 部材 材料 ソフトウェア プログラム レーザー レーザ センサ センサー カメラ 検出器 レーダー レーダ アンテナ 増幅器 発振器 変換器 コンピュータ コンピューター プロセッサ オシロスコープ 分光計 遠心分離機 工作機械 ロボット 光ファイバ 繊維 合金 粉末 樹脂 毒素 ウイルス 細菌 前駆体 推進薬 燃料 爆薬 ロケット ミサイル 衛星 無人航空機 ドローン
航空機 ヘリコプター 潜水艇 ジャイロ ジャイロスコープ 加速度計 高度計 磁力計 マスク ウエハー ウェハ 基板 発酵槽 マニピュレーター 妨害装置 超伝導体 タービン エンジン 弾薬 暗号装置 トランジスタ 半導体 ニッケル チタン タングステン アルミニウム ウラン 黒鉛 部分品 附属品 鏡
"""
GOODS_WIDE = tuple(dict.fromkeys(_WIDE.split()))
GOODS_GERMAN = tuple(
    """ausrüstung einrichtung gerät geräte system software technologie werkstoff laser sensor kamera detektor radar sonar antenne verstärker oszillator wandler rechner computer prozessor oszilloskop spektrometer zentrifuge faser legierung pulver harz
    toxin virus bakterium treibstoff sprengstoff rakete flugkörper satellit drohne luftfahrzeug hubschrauber tauchfahrzeug kreisel beschleunigungsmesser höhenmesser magnetometer maske wafer substrat fermenter manipulator störsender magnet supraleiter
    triebwerk munition gewehr verschlüsselung helm transistor roboter werkzeugmaschine fräsmaschine drehmaschine schleifmaschine instrument zünder nickel titan wolfram aluminium magnesium stahl zink gallium germanium graphit uran metall""".split()
)
