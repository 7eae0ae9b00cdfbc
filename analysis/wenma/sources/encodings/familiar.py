"""How much a text looks like Chinese as people write it: the judge between encodings.

Bytes read in a wrong encoding give characters strewn over the whole of Unicode; of a
Chinese text nine in ten are among the thousand commonest, or common marks.
"""

import re

# The thousand commonest characters by the frequencies of jieba's dictionary (MIT) …
_SIMPLIFIED = (
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对"
    "得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产"
    "前其军还然起种所如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手"
    "最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数"
    "样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品"
    "设或义王社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更"
    "称程今决张导术府才保交放管结师便走达族反再题色五京河接条规式县白它改风光运信受什组听布百济党"
    "指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即"
    "步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造"
    "较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告"
    "远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编越局推满且列"
    "觉服双未居除乐企引标确织初青志率项飞球节察龙响药站施均消客失轻存低甚般击曾防请离落显罗营足素"
    "视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央识维采六底宫房音环案批切斗富乡另倒若按查故突"
    "责严桥模仅胜杀围席态破承招杨负层须父供续状域似依银范修找九致密终血旅钱赛独细效玉冲获习医演毛"
    "尽脸弹楼艺航陆右协七攻镇检写苏宗章注阿抗弟坐验封紧劳户优财养适陈喜卫排射哥油刻留急降念云微伤"
    "例景拿绝阶座刘刚害印亿沙母酒助闻超审待压升送监策略限竟香配藏敌呢差仍兰温园树征善波哪词岛止预"
    "怕继皮执味份角草男普答益谁船惊核街夏宣掌田久著画辑奇尼剑吧谈背免孩礼材愿洋春架筑括晚乱乎讲尚"
    "良友临激刀夜室既敢邦挥昌板胡欧福港叶简苦担句岁荆贵娘守辖威宜衣帮块堂额错剧充欢够孙班呼阵销坚"
    "练脚退读测吴希宁换版异某顾曲楚典朱毒菜判救宋茶洪含顺啊鲜败货矿端兄归冷忙买险康评肉吗厂永哈沉"
    "散遗停笔假输牛洞松渐顶训录否述毕督控丰献姑忽爷互亮纳襄登咱钟伯臣雄季脑介鄂召饭暗扩祖齐短烈赶"
    "牌恩诉移诗础露届蒙静喝盘卖植授伊湾博痛减穿逐秘庭陵固禁票灵杂姓泽吸侧庆妈遇追甲馆补唐炮沿殿刺"
    "怪彩俄旧警索岸轮妇载靠附毫怀软骨探雷旁罪枪牙迎序慢盛雨墙恶谷顿危稳熟"
)
# … and the traditional form of those that have one.
_TRADITIONAL = (
    "國爲這個來會時學說們於後發對長過業裏經門動進區開產軍還種現機體與當兩實麼關從內沒將員東頭間無"
    "見戰點場數樣問並萬級應資務氣漢總電聲設義統處馬兒領隊計別權話報給變書幾華議稱決張導術結師達題"
    "條規縣風運組聽濟黨論強黃選記卻職號類傳帶幹農邊據聯廣質陽難歷專認車臺遊舉線團備爭衆連調轉該爾"
    "讓較際親單紅價約亞則屬積圖準極裝許參喫觀魚辦復遠羣構隨劃勢熱網語鐵斷愛紀況證編滿覺雙樂標確織"
    "項飛節龍響藥輕擊請離顯羅營視護創餘興佔雖費試寶識維採宮環鬥鄉責嚴橋僅勝殺圍態楊負層須續狀銀範"
    "終錢賽獨細衝獲習醫盡臉彈樓藝陸協鎮檢寫蘇驗緊勞戶優財養適陳衛雲傷絕階劉剛億聞審壓監敵蘭溫園樹"
    "徵詞島預繼執誰驚畫輯劍談禮願築亂講臨揮歐葉簡擔歲荊貴轄幫塊額錯劇歡夠孫陣銷堅練腳讀測吳寧換異"
    "顧順鮮敗貨礦歸買險評嗎廠遺筆輸漸頂訓錄畢豐獻爺納鍾腦飯擴齊趕訴詩礎屆靜盤賣灣減祕靈雜澤側慶媽"
    "館補舊輪婦載懷軟槍牆惡頓穩裡為啟週佈"
)
_MARKS = "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～％　①②③④⑤⑥⑦⑧⑨⑩０１２３４５６７８９"
_CLASS = re.escape("".join(sorted({*_SIMPLIFIED, *_TRADITIONAL, *_MARKS})))
_FAMILIAR = re.compile(f"[{_CLASS}]+")
_ASCII = re.compile("[\x00-\x7f]+")
STRANGE = re.compile(f"[^\x00-\x7f{_CLASS}]{{5,}}")
"""So many strange characters in a row hardly ever stand in a sound text."""
_ENOUGH = 20_000  # characters that settle the matter


def familiar(text: str) -> float:
    """Share of the characters outside ASCII that one expects in a Chinese text; 0 if there is none.

    Of a long text its head is judged.

    >>> familiar("韧性城市，2025年"), familiar("闊ф€у煄甯")
    (0.8333333333333334, 0.0)
    """
    foreign = _ASCII.sub("", text[:_ENOUGH])
    if len(foreign) < _ENOUGH // 10 and len(text) > _ENOUGH:  # a page may begin with its script
        foreign = _ASCII.sub("", text)[:_ENOUGH]
    return sum(map(len, _FAMILIAR.findall(foreign))) / max(1, len(foreign))
