"""The words by which names are known: surnames, endings of organisations, places without 省."""

# Places that are named without 省, 市 or 国 behind them.
PLACES = frozenset(
    """
    北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
    广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 华北 华东
    华南 华中 东北 西北 西南 长三角 珠三角 京津冀 石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州
    合肥 福州 南昌 济南 郑州 武汉 长沙 广州 南宁 海口 成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川
    乌鲁木齐 深圳 厦门 宁波 青岛 大连 苏州 无锡 东莞 佛山 珠海 温州 台州 义乌 烟台 唐山 三亚 台北
    高雄 雄安 浦东 中关村 敦煌 喀什 延安 遵义 洛阳 徐州 南通 泉州 汕头 桂林 丽江 大理 中国 美国
    英国 法国 德国 日本 韩国 朝鲜 俄罗斯 乌克兰 印度 巴基斯坦 越南 泰国 缅甸 老挝 柬埔寨 新加坡
    马来西亚 印尼 印度尼西亚 菲律宾 蒙古 哈萨克斯坦 阿富汗 伊朗 伊拉克 叙利亚 以色列 巴勒斯坦 加沙
    黎巴嫩 也门 沙特 沙特阿拉伯 阿联酋 迪拜 卡塔尔 土耳其 埃及 南非 尼日利亚 肯尼亚 埃塞俄比亚
    苏丹 利比亚 加拿大 墨西哥 巴西 阿根廷 智利 秘鲁 委内瑞拉 哥伦比亚 古巴 澳大利亚 新西兰 意大利
    西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 捷克 匈牙利 希腊 奥地利 爱尔兰
    塞尔维亚 罗马尼亚 白俄罗斯 欧洲 亚洲 非洲 北美 南美 中东 东南亚 拉美 南极 北极 东京 大阪 首尔
    平壤 曼谷 河内 雅加达 马尼拉 新德里 孟买 德黑兰 耶路撒冷 安卡拉 莫斯科 基辅 伦敦 巴黎 柏林
    法兰克福 慕尼黑 罗马 米兰 马德里 巴塞罗那 阿姆斯特丹 布鲁塞尔 日内瓦 苏黎世 维也纳 华盛顿 纽约
    洛杉矶 旧金山 硅谷 芝加哥 西雅图 波士顿 休斯敦 多伦多 温哥华 悉尼 墨尔本 开罗 里约热内卢
    鹿特丹 釜山
    """.split()  # noqa: SIM905
)

# Everyday words that end as places do.
NO_PLACES = frozenset(
    """
    集市 夜市 菜市 早市 上市 超市 股市 楼市 债市 入市 救市 全市 本市 地级市 直辖市 县级市 开发区
    自治区 特区 新区 经济特区 群岛 乡镇 城镇 村镇 小镇 古镇 家乡 故乡 老乡 城乡 下乡 异乡 返乡
    回乡 节省 反省 神州 牛市 熊市 后市 开市 闭市
    """.split()  # noqa: SIM905
)

# First characters of names of persons.
SURNAMES = frozenset(
    """
    王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 郑 罗 梁 谢 宋 唐 许 邓 冯 韩 曹 曾
    彭 萧 蔡 潘 田 董 袁 于 余 叶 蒋 杜 苏 魏 程 吕 丁 沈 任 姚 卢 傅 钟 姜 崔 谭 廖 范 汪 陆 金
    石 戴 贾 韦 夏 邱 方 侯 邹 熊 孟 秦 白 江 阎 薛 尹 段 雷 黎 史 龙 陶 贺 顾 毛 郝 龚 邵 万 钱
    严 赖 覃 洪 武 莫 孔 汤 向 常 温 康 施 文 牛 樊 葛 邢 安 齐 易 乔 伍 庞 颜 倪 庄 聂 章 鲁 岳
    翟 殷 詹 申 欧 耿 关 兰 焦 俞 左 柳 甘 祝 包 宁 尚 符 舒 阮 柯 纪 梅 童 凌 毕 单 季 裴 霍 涂
    成 苗 谷 曲 盛 翁 冉 骆 蓝 路 游 靳 辛 管 柴 蒙 鲍 华 喻 祁 房 滕 屈 饶 解 牟 艾 尤 阳 穆 农
    司 古 吉 车 项 连 芦 麦 褚 娄 窦 戚 岑 景 党 宫 费 卜 冷 晏 席 卫 米 柏 宗 瞿 桂 佟 应 臧 闵
    苟 邬 边 卞 姬 师 仇 栾 隋 商 刁 沙 荣 巫 寇 桑 郎 甄 丛 仲 虞 敖 巩 明 佘 池 查 麻 苑 迟 邝
    封 谈 匡 鞠 惠 荆 乐 冀 胥 储 原 栗 燕 楚 鄢 扶 颛
    """.split()  # noqa: SIM905
)

# Words that stand behind the name of a person.
SAYS = frozenset(
    """
    说 表示 认为 称 介绍 指出 透露 坦言 强调 告诉 解释 提醒 写道 回应 建议 宣布 担任 出任 当选
    出席 会见 主持 辞职 谈到 回忆 补充 直言 分析 呼吁 承认 否认 警告 获得 夺冠 破门 头球 任 摘得
    讲述 自导自演 团队 领奖 赛后 涉嫌 利用 主罚
    """.split()  # noqa: SIM905
)

# Words that stand before the name of a person, beside 局长 and the like.
ROLES = frozenset(
    """
    教授 总裁 主席 总统 总理 首相 经理 董事 总监 分析师 研究员 工程师 记者 教练 前锋 门将 选手
    导演 演员 主演 律师 医生 专家 学者 作家 创始人 负责人 发言人 书记 主任 院士 先生 女士 小将
    影片 乘客 市民 居民 学生 老师 冠军 亚军 法官 检察官 嫌疑人 被告人 主播 店主 由 作者
    """.split()  # noqa: SIM905
)

# Endings that make an organisation of any name before them.
ORGANISATIONS = frozenset(
    """
    公司 股份公司 有限公司 集团 银行 证券 大学 学院 法院 检察院 医院 研究院 研究所 委员会 协会
    学会 联合会 基金会 交易所 出版社 通讯社 电视台 博物馆 动物园 俱乐部 科技 乳业 半导体 微电子
    气象台 人大常委会 城管局 人民政府 咨询 智库 疾控中心
    """.split()  # noqa: SIM905
)

# Organisations that are named so.
KNOWN_ORGANISATIONS = frozenset(
    """
    工信部 公安部 财政部 商务部 外交部 司法部 教育部 国防部 农业部 农业农村部 住建部 卫健委 发改委
    证监会 银保监会 国务院 央行 欧盟 联合国 世卫组织 世贸组织 北约 美联储
    """.split()  # noqa: SIM905
)

# Endings that make one of a name that is no everyday word.
ORGANISATIONS_TOO = frozenset(
    """
    基金 保险 生物 汽车 智能 网络 传媒 影业 航空 石油 电力 地铁 出行 云 队 局 委 署 厅 馆 中学
    小学 政府 理工
    """.split()  # noqa: SIM905
)

# Endings by themselves, and everyday words that end so.
NO_ORGANISATIONS = frozenset(
    """
    公司 股份公司 有限公司 集团 银行 证券 大学 学院 法院 检察院 医院 科技 研究院 研究所 委员会
    协会 学会 联合会 基金会 俱乐部 分公司 子公司 母公司 总公司 上市公司 中级人民法院 人民法院
    人民检察院 人民政府 高级人民法院 管理局 建设局 交管局 教育局 监督管理局 邮局 当局 结局 布局
    格局 破局 僵局 残局 开局 出局 全局 大局 终局 败局 骗局 饭局 时局 政局 战局 排队 军队 部队 团队
    车队 乐队 球队 主队 客队 领队 组队 政委 编委 常委 党委 原委 商业银行 中小银行 各大银行 医学院
    各大学
    """.split()  # noqa: SIM905
)

# Words inside the names of organisations.
PARTS = frozenset(
    """
    中级 高级 最高 人民 国家 中国 第一 第二 中央 省 市 县 区 理工 师范 财经 监督 管理 应急 信息
    股份 有限 责任
    """.split()  # noqa: SIM905
)

# Short names in 《》 that an article gives a document for itself: 以下简称《声明》.
ABBREVIATED = frozenset(
    """
    声明 条例 规范 办法 通知 规定 意见 方案 协议 指南 公告 报告 决定 规划 计划
    """.split()  # noqa: SIM905
)
