"""Common words that are no nouns: what stands right before a number and does not say that the number is a thing's.

"They await 3A090", "the short-lived 4E091", "notre 5A002": verbs, adjectives, adverbs and pronouns of English, French, Chinese and Japanese. German nouns are known
by their capital. Forms in -ed, -ing, -ly and -s need no list.
"""

from __future__ import annotations

_ENGLISH = """
await seek want get got ship sell buy sold sent send bring brought bought carry deny grant hit catch caught face allow permit ban drop lift ease tighten treat turn cite check
clear approve challenge discuss explain define rename extend expand limit narrow widen revise rewrite rescind withdraw withdrew introduce create establish publish mirror follow resemble implicate invoke impose
waive satisfy escape evade avoid leave left remain hold held keep kept lose lost miss take took taken given give gave write wrote written say said tell told show shown interpret understand understood know knew known
think thought become became seem appear join split merge combine contrast distinguish separate equal outrank override overrode supersede trump echo copy import parallel pursue propose adopt enact announce
ignore forget forgot begin began start continue maintain retain preserve protect defend attack oppose support favour favor prefer choose chose pick select identify determine decide confirm verify validate
compare reconcile align harmonise harmonize coordinate overlap conflict duplicate replicate reproduce discuss debate consider examine analyse analyze assess evaluate try attempt fail succeed
help hurt harm damage kill end finish complete close open reopen trigger prompt cause lead led drove raise lower increase decrease reduce add subtract multiply count measure estimate predict expect hope fear
see saw seen hear heard feel felt sense notice observe discover detect encounter meet met visit enter reach approach ask answer reply respond react act behave perform execute implement deploy
short long new old former current previous prior recent latest early late relevant applicable own similar same different distinct various several many few most more less least all both each every some any no none
familiar entire whole full partial first second third fourth fifth last next final initial original mere bare plain specific particular actual interim temporary permanent provisional definitive controversial important
crucial main major minor central core popular broad strict stricter tough tougher lax simple simpler complex single double triple sole lone corresponding parent sibling adjacent future potential possible
likely unlikely true false real fake good better best bad worse worst big bigger biggest small smaller smallest large larger largest high higher highest low lower lowest strong stronger weak weaker hard easy great
yet already again perhaps maybe hence moreover furthermore nevertheless nonetheless otherwise here there now soon later once twice never ever often sometimes always seldom quite rather very too just even still
their its his her our your my whose me us him them it he she they we you i who whom what
"""
_FRENCH = """
non pas oui quoi attend cherche veut demande vend achète envoie refuse accorde touche permet interdit bloque assouplit durcit traite explique définit étend limite modifie crée établit publie reflète suit évoque impose
satisfait évite laisse garde perd prend donne écrit dit montre comprend connaît devient semble rejoint sépare fusionne ajoute retire remplace complète précise rappelle mentionne cite nomme appelle trouve voit entend
nouveau nouvelle ancien ancienne futur future actuel actuelle existant existante célèbre fameux fameuse même seul seule autre premier première dernier dernière prochain prochaine certain certaine propre entier entière
notre votre leur encore déjà bientôt toujours jamais souvent parfois enfin alors aussi très trop peu beaucoup simple double ancienne principal principale important importante ledit ladite cedit présent présente
"""
NO_NOUNS = frozenset((_ENGLISH + _FRENCH).split())

_WIDE = """
接触 下载 访问 提供 出售 转让 购买 获得 获取 研发 开发 生产 制造 使用 采用 泄露 泄漏 传输 传送 传递 披露 申报 申请 讨论 解释 说明 引用 援引 违反 批准 禁止 限制 放宽 收紧 加严 了解 知悉 掌握 研究 分析 评估 取得 交付 交还 运输 运送
存储 储存 修理 维修 拆卸 安装 测试 展示 演示 携带 邮寄 进口 出口 转口 转运 丢失 查获 扣押 没收 提及 讲解 介绍 公开 发布 公布 收到 寄送 归还 销售 供应 代理 采购 订购 更换 升级 改造 组装 集成 隐瞒 谎报 误报 漏报 豁免 识别 判定 认定 确认 核实 审查 检查
所谓 现行 拟议 著名 重要 全部 部分 其他 其它 有关 相关 类似 同类 上述 前述 下列 以下 以上 现有 原有 新增 新的 唯一 主要 核心 特定 某些 若干 多项 少数 一些 这些 那些 各项 本公司 我司 我公司 贵司 该公司 客户 用户 员工 我们 他们 公司 该 此 各 原 旧 新
接觸 下載 存取 轉讓 購買 獲得 研發 開發 生產 製造 使用 採用 洩漏 洩露 傳輸 傳送 揭露 申報 申請 討論 解釋 說明 違反 核准 批准 放寬 收緊 評估 交付 運輸 運送 儲存 維修 拆卸 安裝 測試 攜帶 郵寄 進口 出口 轉口 轉運 遺失 查獲 扣押 沒收 講解 介紹 公開 發布 公布 收到 銷售 供應 採購 訂購 更換 升級 改造
隱瞞 謊報 識別 判定 認定 確認 核實 審查 檢查 所謂 現行 擬議 其他 有關 相關 類似 上述 前述 下列 以下 現有 原有 新增 唯一 主要 核心 特定 這些 那些 各項 本公司 貴公司 該公司 客戶 使用者 員工 我們 他們 該 舊
旧 新 現行 今回 上記 下記 前記 当該 本件 各 全 同 当社 弊社 貴社 同社 我々 改正後 改正前 既存 新規 従来 今後
谈 談 看 读 讀 写 寫 说 說 讲 講 提 问 問 卖 賣 买 買 要 找 查 售 送 改 加 减 減 删 刪 懂 怕 需 求 想 见 見 叫 称 稱 即 是 非 指 製 制 产 產 造 国产 國產
"""
NO_NOUNS_WIDE = tuple(dict.fromkeys(_WIDE.split()))
"""The same of Chinese and Japanese: 接触5E002, 当社3A001."""
