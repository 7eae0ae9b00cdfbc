"""The help of every command in Chinese, by its English."""

CHINESE: dict[str, str] = {
    # argparse's own
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本帮助并退出",
    "show program's version number and exit": "显示版本号并退出",
    # the commands
    "文码: code Chinese policy documents the way a careful research team would.": (
        "文码：像严谨的研究团队那样给中国政策文件编码。"
    ),
    "Begin with: wenma demo": "第一次使用请运行：wenma demo",
    "of messages; of tables too": "提示语言，表格语言亦随之",
    "of the headings, and of messages": "表头语言，提示语言亦随之",
    "of the tables, and of messages": "表格语言，提示语言亦随之",
    "of the report, and of messages": "报告语言，提示语言亦随之",
    "code the sample corpus of seven invented cities and show the first tables": (
        "给七个虚构城市的样例语料编码，显示最初的表格"
    ),
    "where the project and the tables go (default: wenma-demo)": (
        "项目和表格放在哪里（默认 wenma-demo）"
    ),
    "read documents, code them with a codebook, keep everything in a project file": (
        "读取文件，用编码本编码，全部存入一个项目文件"
    ),
    "files, folders, archives or tables of texts; or one pack (.zip)": (
        "文件、文件夹、压缩包或逐行列出正文的表格；或一个数据包（.zip）"
    ),
    "download the documents of a catalogue from their official addresses, one at a time": (
        "按目录中的官方网址逐份下载文件"
    ),
    "a table with a column source_url": "含 source_url（网址）列的目录",
    "cities, or words of titles": "只下载这些城市，或标题含这些字样的",
    "where the files and their manifest go (default: a folder named as the catalogue)": (
        "文件及清单存放的文件夹（默认与目录同名）"
    ),
    "between two requests to one host (default: 2)": "对同一网站两次请求之间的秒数（默认 2）",
    "of a table: what holds the texts": "表格中正文所在的列",
    "of a table: what holds the titles": "表格中标题所在的列",
    "needed unless a pack brings its own": "编码本；数据包自带时可省略",
    "what is coded (default: sentence, or as in the pack)": (
        "编码单元：句、分句、段落或章节（默认 sentence，数据包则照其原样）"
    ),
    "processes (default: 1)": "进程数（默认 1）",
    "the files are newer versions of documents of the same name": (
        "这些文件是同名文件的新版，取代原有的"
    ),
    "list the documents with all their attributes, or correct an attribute": (
        "列出文件及其全部属性，或更正属性"
    ),
    "correct these attributes; NAME= takes one away": "更正这些属性；“名称=”为去除",
    "these documents only": "只取这些文件",
    "say what empty attributes may be, with the words it rests on; write nothing": (
        "推测空缺的属性，并列出依据；不写入"
    ),
    "take the guesses that are stated in the text; of these attributes all guesses": (
        "采纳文中写明的推测；写明属性的，采纳其全部推测"
    ),
    "add the region or cluster each city lies in, as: 长三角 成渝; without names 东部 "
    "中部 西部 东北": (
        "补记各城市所在的地区或城市群，如：长三角 成渝；不写名称则为东部、中部、西部、东北"
    ),
    "take back one's last correction": "撤销本人最近一次更正",
    "let passages belong to another city, or any attribute value, than their document": (
        "让某些段落归属于与所在文件不同的城市（或任何属性值）"
    ),
    "what the passages belong to, as: city": "按哪个属性归属，如 city",
    "passages that speak of these by name, as: 成都 深圳市=深圳": (
        "提到这些名称的段落，如：成都 深圳市=深圳"
    ),
    "sections whose heading holds these words or numbers, as: 5.1 5.2=安全": (
        "标题含这些字样或编号的章节，如：5.1 5.2=安全"
    ),
    "how far a name reaches": "名称管到句末还是段末",
    "say what is found, write nothing": "只列出找到的段落，不写入",
    "show the passages that are kept": "列出已存的段落",
    "let them belong where their documents do again; of --attribute, --document, or all": (
        "取消归属，回到所在文件；按 --attribute、--document 限定，否则全部"
    ),
    "take back one's last act on cases": "撤销本人最近一次归属操作",
    "open the browser on a project, or on the sample corpus": (
        "在浏览器中打开一个项目，或样例语料"
    ),
    "another needs sign-in set up": "监听地址；不是本机时须先设置登录",
    "do not open a window": "不自动打开浏览器窗口",
    "check a codebook: its form, its examples, what changed, and how its rules do on texts": (
        "检查编码本：格式、例句、版本变化，以及规则在文本上的表现"
    ),
    "an older version": "与之比较的旧版本",
    "print the codebook: .docx, .tex, .md, .xlsx": "排印编码手册：.docx、.tex、.md、.xlsx",
    "try the rules on files, folders or a project": "在文件、文件夹或项目上试用规则",
    "judge each rule by a reference coding": "用参照编码检验每条规则",
    "keep what each rule did, one row a rule": "保存每条规则的表现，一条一行",
    "print the JSON Schema of codebook files": "输出编码本文件的 JSON Schema",
    "try a changed codebook on a project's documents, or code them with it": (
        "用改过的编码本试编项目中的文件，或重新编码"
    ),
    "where codes have gone: people's codings follow, those of codes under them too": (
        "编码的去向：人工编码随之转移，下级编码亦同"
    ),
    "who does it, for the history": "由谁操作，记入历史",
    "say what would change, write nothing": "只说明会有哪些变化，不写入",
    "sentences shown for each code": "每个编码显示的句子数",
    "set a codebook's rules beside a reference coding: precision, recall, F1, alpha": (
        "对照参照编码检验编码本的规则：查准率、查全率、F1、α"
    ),
    "list up to N misses and false alarms for each code": "每个编码最多列出 N 个漏编和误编",
    "F1 for each document; all measures for each city": "按文件分列 F1；按城市分列全部指标",
    "tells the city of each document, for --by city": "由此项目得知文件所属城市，供 --by city 使用",
    "code each document without the rules that it alone supports": (
        "给每份文件编码时，不用只有该文件支持的规则"
    ),
    "mean F1 of the codes of these together, as: stage layer": (
        "这些维度的编码合在一起的平均 F1，如：stage layer"
    ),
    "put one question to a project, or list the questions there are": (
        "向项目提一个问题，或列出全部问题"
    ),
    "without one, the queries are listed": "查询名称；省略则列出全部查询",
    "its options": "该项的选项；加 --help 查看",
    "a row or block for each value of an attribute (city, year …), or of several crossed": (
        "按属性（city、year……）分组，每个值一行或一块；几个属性则交叉"
    ),
    "count headings too": "标题也计入",
    "of documents that are copies, the first alone": "文件有副本的，只计第一份",
    "leave out units that stand in a passage of an earlier document": (
        "不计文字见于更早文件的单元"
    ),
    "what a new version (a file, or another document) changes, and what becomes of people's work; "
    "nothing is written": (
        "新版（一个文件，或项目中另一份）改动了什么，各人的编码会怎样；不写入任何内容"
    ),
    "Documents that are copies of another, stand inside it, or are akin to it.": (
        "哪些文件是另一份的副本、包含于其中，或与之相近。"
    ),
    "Text that documents share: who took how much from whom, section by section or in full.": (
        "文件之间相同的文字：谁用了谁的、用了多少，可逐节列出。"
    ),
    "a row for each pair of documents, section or passage": "每一对文件、每一章节或每一段落一行",
    "any document, those of earlier years, or of a level above": (
        "与任何文件、更早年份的文件，或上级文件对照"
    ),
    "Han characters a passage has at least": "一个段落至少的汉字数",
    "count wording that a fifth of all documents have": "五分之一以上文件都有的表述也计入",
    "so many rows, 0 for all": "最多几行，0 为全部",
    "only this document's text, beside the others": "只看这份文件与其他文件",
    "leave out units that carry this code: form/boilerplate": (
        "不计带此编码的单元，如 form/boilerplate"
    ),
    "only documents with these values of an attribute: city=上海,广州": (
        "只计属性为这些值的文件，如 city=上海,广州"
    ),
    "only the units of this task, which all were to code": "只计此任务中人人都应编码的单元",
    "several are asked as one; reviewed: rules and people; decided: people alone": (
        "编码者；几位合并计算；reviewed：规则与人工，已拒绝的不计；decided：只计人工认可或所编"
    ),
    "default: the one used last that has the codes": "编码本；默认为最近使用且有所问编码的一个",
    "the table's in the paper": "表格在论文中的编号",
    "its title in the paper": "表格在论文中的题名",
    "in how many of the ways to count a sentence holds: 恢复: 上海 > 广州": (
        "一句论断在多少种计法中成立，如“恢复: 上海 > 广州”"
    ),
    "CODE: GROUP > GROUP, GROUP: CODE > CODE, CODE: GROUP 最多 (highest)": (
        "编码: 组 > 组；组: 编码 > 编码；编码: 组 最多（最少）"
    ),
    "the attribute a group's name is a value of, where several have it": (
        "组名是哪个属性的值（几个属性都有此值时须写明）"
    ),
    "the card (.docx .html .md .tex), all ways (.xlsx .csv .json), "
    "or their curve (.svg .png .pdf)": (
        "卡片（.docx .html .md .tex）、全部计法（.xlsx .csv .json）或其曲线（.svg .png .pdf）"
    ),
    "words or a pattern in their lines, to read or to keep": "上下文索引：词语或模式所在的各行",
    "what to look for": "要查找的内容",
    "draw a figure of a project: svg, png or pdf": "绘制项目的图：svg、png 或 pdf",
    "without one, figures are listed": "图的名称；省略则列出全部图",
    "these cities only": "只画这些城市",
    "this city alone": "只画这一个城市",
    "in print; default: its own, on an A4 page": "印刷宽度；默认为原宽，不超过 A4 页面",
    "these groups only": "只画这些组",
    "of a png": "png 的分辨率",
    "default: chosen for you": "默认：自动选定",
    "write the study's tables, figures and methods into one file (.html or .docx)": (
        "把研究的表格、图和方法写入一个文件（.html 或 .docx）"
    ),
    "default: the codebook's name": "标题；默认为编码本名称",
    "a reference coding: how the rules of the codebook do on it (A13)": (
        "参照编码：报告规则在其上的表现（A13）"
    ),
    "write a pack (.zip) that gives the same numbers again, a REFI-QDA project (.qdpx), or a "
    "network (.graphml, .gexf, .dl)": (
        "写出可重现全部数字的数据包（.zip）、REFI-QDA 项目（.qdpx），"
        "或编码网络（.graphml、.gexf、.dl）"
    ),
    "of the project's name, and of messages": "项目名称语言，提示语言亦随之",
    "weight of the edges": "边的权重",
    "leave out edges of a smaller weight": "略去权重更小的边",
    "leave out edges with fewer units in common": "略去共同单元更少的边",
    "draw codings and silent units for people to judge; then: precision, misses, recall": (
        "抽取已编码和未编码的单元由人判定；之后给出查准率、漏编率、查全率"
    ),
    "draw units for these to judge": "抽取单元，由这些人判定",
    "codings of each code, and as many silent units": "每个编码抽多少处，未编码的单元同样多",
    "only these codes are drawn for": "只为这些编码抽取",
    "as many of each of its values": "按此属性，各取值抽取同样多",
    "its name; to look at, the one of which most is done": (
        "任务名；默认自动取名，查看时为完成最多的一项"
    ),
    "whose units were judged; the one of which most is done": (
        "其单元由人判定的任务；默认为完成最多的一项"
    ),
    "Precision, misses, recall, F1, κ and α of each code, weighted by the chances of the sample.": (
        "各编码的查准率、漏编率、查全率、F1、κ、α，按抽样概率加权。"
    ),
    "Units with each code as the machine has them, and corrected by a judged sample.": (
        "带各编码的单元数：机器编码所得，以及按人工判定的样本校正后的。"
    ),
    "The difference of two groups in the share of units with a code, corrected, code by code.": (
        "两组在各编码占比上之差，经人工判定的样本校正。"
    ),
    "The interval each code will get from a sample of so many units, drawn as `assign` does.": (
        "按 assign 的办法抽取若干单元，各编码将得到多宽的区间。"
    ),
    "single codes, or two codes in one unit": "单个编码，或同一单元中的两个编码",
    "count units out of the codebook's scope, too": "编码本范围以外的单元也计入",
    "units corrected by what people judged of a drawn sample (wenma audit)": (
        "按人工判定的样本校正单元数（wenma audit）"
    ),
    "units to be judged: 80 160 320": "要判定的单元数：80 160 320",
    "of the machine, as expected": "机器的预期值",
    "draw units for several people to code blind, rare codes included": (
        "抽取单元，由几个人各自盲编，罕见编码也抽到"
    ),
    "how many; default: by --rarest": "抽多少个；默认由 --rarest 决定",
    "enough units to see a code of this share with 95 %% certainty": (
        "单元数足以有 95 %% 的把握见到占此比例的编码"
    ),
    "default: the first": "由谁布置；默认为第一位",
    "who coded, decided and noted what, and when": "谁在何时编码、裁定、批注了什么",
    "the N newest": "最新的 N 条",
    "all of it, to keep": "全部写入文件",
    "copy a whole project: file to file, or to and from postgresql://": (
        "复制整个项目：文件到文件，或与 postgresql:// 互相复制"
    ),
    "FILE.db or postgresql://user@host/name": "FILE.db 或 postgresql://user@host/name",
    "a place with no project in it yet": "还没有项目的位置",
    # the queries, and what can be asked of them
    "The sample table: each document with its origin, length and fingerprint.": (
        "样本表：每份文件的来源、长度和指纹。"
    ),
    "How often each code is used: documents, references, share, rate.": (
        "每个编码用了多少次：文件数、参考点数、占比、每千字频次。"
    ),
    "How much of the text each code covers, in percent of its characters.": (
        "每个编码覆盖多少文本，以字符百分比计。"
    ),
    "Which city (plan, period, document) gives which code more or less than its due.": (
        "哪个城市（规划、规划期、文件）对哪个编码着墨偏多或偏少。"
    ),
    "Which plans are alike: pairs, profiles, a tree or a map of cities by shares of codes.": (
        "哪些规划相近：按编码占比作两两比较、概貌、聚类树或对应分析图。"
    ),
    "What grew and what went: each code in each period, against the period before.": (
        "什么在增加、什么在消失：各编码在各规划期与上一期相比。"
    ),
    "Which codes go together in the same unit, and how much more than by chance.": (
        "哪些编码在同一单元共现，比随机高出多少。"
    ),
    "Two sets of codes crossed, or codes and attributes: units in each cell.": (
        "两组编码交叉，或编码与属性交叉：每格的单元数。"
    ),
    "Strength, promise or deficit of each stage and layer, and the units that say so.": (
        "各环节、各层面是成效、承诺还是短板，以及作此表述的单元。"
    ),
    "What is done, promised or lacking of each code, in units and in percent.": (
        "各编码已做到、承诺和欠缺的单元数与百分比。"
    ),
    "Which problems have an answer, theme by theme.": "逐个主题看哪些困境有应对路径。",
    "The PMC index of each document: its variables X1, X2, …, their sum, its grade.": (
        "每份文件的 PMC 指数：变量 X1、X2……，总和与等级。"
    ),
    "How strong policies are: scores on the ordinal scales of the codebook, means and totals.": (
        "政策强度：按编码本的量表评分，给出均值、中位数与合计。"
    ),
    "How far coders agree on the points of each scale: ordinal α, weighted κ.": (
        "编码者在各量表等级上的一致程度：有序 α、加权 κ。"
    ),
    "scores on each scale, group after group, with n": "各量表的评分，逐组（如逐年）比较，附 n",
    "scales, their points, or what is multiplied of them": "量表、其各等级，或量表的乘积",
    "Which rules made the codings: how often each fired, and how often alone.": (
        "编码由哪些规则得出：各触发几次，其中单独触发几次。"
    ),
    "a codebook; or a project: is it whole?": "编码本；或项目：检查是否完好",
    "A row for each document: its size, what was left out of it, and what needs a look.": (
        "每份文件一行：大小、未读入或不编码的部分、需要查看之处。"
    ),
    "Every indicator of the documents, in tables and in sentences, a row for each amount.": (
        "文件中的每项指标（表格与正文），每个数值一行。"
    ),
    "When documents stop bringing new codes: "
    "the curve, the new-information ratio, held-out third.": (
        "读到第几份文件不再出现新编码：曲线、新信息比率、留出的三分之一。"
    ),
    "How firm the order of codes is: counted otherwise, without one document, rule or term.": (
        "编码排序是否稳健：换一种计数，或去掉一份文件、一条规则、一个词语。"
    ),
    "How each paradigm shift is said: a frame from pole to pole, both poles, or one pole alone.": (
        "各对范式转型怎样说出：“从……向……”的框架、两极并提，还是只提一极。"
    ),
    "themes that stances tell apart, in place of problems and answers": (
        "主题编码：由立场区分短板与路径，代替 problems 与 answers"
    ),
    "with themes: the stance of what is lacking": "用 themes 时：表示短板的立场编码",
    "with themes: the stance of what is promised": "用 themes 时：表示承诺的立场编码",
    "what is put in order: codes, groups (cities) on each code, or all cells": (
        "排序对象：codes 编码，groups 各组（城市）在每个编码上的次序，cells 全部格子"
    ),
    "the code whose children are the pairs": "其下级编码为各转型对的编码",
    "the code of one pole alone; PAIRS/one-pole where there is one": (
        "只提一极的编码；默认为转型编码之下的 one-pole"
    ),
    "How far coders agree on all codes together, and on each dimension.": (
        "编码者在全部编码上、在各维度上总体一致到什么程度。"
    ),
    "Which code one coder gave where another gave another: a row for each pair of codes.": (
        "一位编码者给某编码之处，另一位给了什么：每对编码一行。"
    ),
    "Each code in each document as NVivo's coding comparison has it: κ, agreement, who alone.": (
        "按 NVivo 编码比较的各栏，逐编码、逐文件：κ、一致率、仅一方所编。"
    ),
    "The units on which two coders do not have the same codes, in the order of the text.": (
        "两位编码者编码不同的单元，按原文顺序列出。"
    ),
    "the code whose children are crossed, or several codes; the first dimension": (
        "取其下级编码互相对照的编码，或若干编码；默认第一个维度"
    ),
    "look at this code and those under it only": "只看此编码及其下级",
    "How far two coders or more agree on each code and dimension.": (
        "两位或多位编码者在各编码、各维度上的一致程度。"
    ),
    "The passages behind a number, in the order of the text.": "数字背后的原文片段，按原文顺序。",
    "The most frequent words, how often they stand, and how evenly.": (
        "高频词、出现次数和分布的均匀程度。"
    ),
    "The words each city (plan, period, document) uses more than the others.": (
        "各城市（规划、规划期、文件）比其他更常用的词。"
    ),
    "A word or pattern in its lines, with what stands before and after it.": (
        "词语或模式所在的各行，附前后文。"
    ),
    "The words that stand near a word, and how much more often than by chance.": (
        "一个词近旁的词，比随机高出多少。"
    ),
    "the code whose children are compared; the first dimension": (
        "比较其下级的编码；默认第一个维度"
    ),
    "the code whose children are compared, or several codes; first dimension": (
        "比较其下级的编码，或几个编码；默认第一个维度"
    ),
    "pairs, profile of each, tree or map of all": "两两比较、各自概貌、聚类树或对应分析图",
    'only the cities of "seven 2020" or "ten 2022 yearbook"': (
        "只取 “seven 2020” 或 “ten 2022 yearbook” 名单中的城市"
    ),
    "a city's plans of one period are one group": "同一城市同一规划期的规划合为一组",
    "the State and provinces are compared too": "国家与省份也一并比较",
    "95 % intervals of shares and rates; generalisation: of other documents": (
        "占比与频次的 95% 区间；generalisation：推及其他文件（文件为样本）"
    ),
    "compare their words too (view pairs)": "也比较用词（仅两两比较）",
    "codes or dimensions to follow, with the codes under them": "要跟踪的编码或维度，含下级",
    "codes or dimensions to pair, with the codes under them": "要配对的编码或维度，含下级",
    "a code also counts where a code under it stands": "下级编码出现时上级也计",
    "inside what two codes are together": "两个编码在多大范围内算共现",
    "units off that two codes may stand and still be together": "相隔几个单元仍算共现",
    "all units of the documents they have coded, not those of the tasks they share": (
        "比较双方编过的文件的全部单元，不限于共同任务"
    ),
    "leave out meetings that rest on the same characters": "不计两个编码依据同一字词的共现",
    "the code whose children are the rows": "以其下级为行的编码",
    "a code (the codes under it), several codes, level:2, or attributes (city)": (
        "一个编码（其下级）、几个编码、level:2，或属性（city）"
    ),
    "a code (the codes under it), several codes, or level:2": (
        "一个编码（其下级）、几个编码，或 level:2"
    ),
    "the same, for the columns": "列，写法与行相同",
    "the code whose children are the columns": "以其下级为列的编码",
    "the code of what is achieved": "表示已取得成效的编码",
    "its child: what has only begun": "其下级：刚刚起步的",
    "the code of what is promised": "表示承诺的编码",
    "the code of what is lacking": "表示欠缺的编码",
    "only under a heading that holds these words, as 4.4": "只计标题含这些字样的部分，如 4.4",
    "fewer statements, on the present or of promises, judge nothing": (
        "关于现状或承诺的表述少于此数则不作判断"
    ),
    "share that must speak of the present": "关于现状的表述至少占多大比例",
    "statements a judgement needs; fewer are too few to say": (
        "作出评定至少需要的单元数；不足则“太少，无法判断”"
    ),
    "share that makes a strength or a deficit clear": "占多大比例才算明确的成效或短板",
    "codes whose children are the rows; all dimensions": "以其下级为行的编码；默认全部维度",
    "the code whose children are the themes as problems": "其下级为各主题之困境的编码",
    "the code whose children are the themes as answers": "其下级为各主题之路径的编码",
    "only this code and the codes under it": "只看此编码及其下级",
    "as in the corpus, at random, or the longest first": "语料顺序、随机，或由长到短",
    "of the random order": "随机顺序的种子",
    "documents whose codes are the base": "以多少份文件的编码为基数",
    "documents that are looked at for new codes": "每轮查看多少份文件有无新编码",
    "percent of new codes that is few enough": "新编码低于百分之几算饱和",
    "codes or dimensions that count, with those under them": "计入的编码或维度，含下级",
    "the code whose children are ranked, or several codes; all lowest": (
        "给其下级排序的编码，或几个编码；默认全部最低一级"
    ),
    "the code of wording all plans share": "表示通用提法（套话）的编码",
    "the coders to compare; all": "要比较的编码者；默认全部",
    "what is compared": "按什么单位比较",
    "samples for α's interval by units; 0 for none": "按单元求 α 区间的重抽样次数；0 为不求区间",
    "what is a sample: documents, or single units": "以什么为样本：文件，或单元",
    "only passages with this code": "只看带此编码的片段",
    "only in units that carry this code, or all of these, too": (
        "只看同时带此编码（或全部这些编码）的单元"
    ),
    "a code stands for the codes under it too": "编码也代表其下级",
    "only this city": "只看此城市",
    "only this plan": "只看此规划",
    "only this period": "只看此规划期",
    "only this document": "只看此文件",
    "only in body, table or heading": "只看正文、表格或标题",
    "only where this rule fired": "只看此规则触发之处",
    "inside what `also` counts as together": "`also` 在多大范围内算共现",
    "units off that `also` may stand": "`also` 可相隔几个单元",
    "so many words of each group, 0 for all": "每组列出多少词，0 为全部",
    "leave out words that stand less often": "略去出现次数更少的词",
    "what dispersion is measured over": "分散度按什么划分计算",
    "leave out the stop words (的, 以及, 十, 年)": "略去停用词（的、以及、十、年）",
    "count units that carry form/boilerplate": "带 form/boilerplate 的单元也计入",
    "only the keywords of this city (plan, period …)": "只看此城市（规划、规划期……）的关键词",
    "compared with this one; else with all others": "与此相比；默认与其余全部相比",
    "leave out words that stand less often in both together": "略去两边合计出现更少的词",
    "leave out keywords that stand in few parts of the group": "略去只在组内少数部分出现的关键词",
    "the parts for max_dp": "max_dp 按什么划分计算",
    "strength of the prior for zeta, in words": "zeta 先验的强度，以词数计",
    "the words a group avoids, not those it prefers": "列出回避的词，而非偏好的词",
    "what to look for, as it stands": "要查找的原样文字",
    "the pattern is a regular expression (RE2)": "查找内容是正则表达式（RE2）",
    "only where it is one word, as jieba cuts it": "只看 jieba 切为一个词之处",
    "only with this word close by": "只看近旁有此词之处",
    "how close, in words on each side": "多近，以两侧词数计",
    "only in units with this code or one under it": "只看带此编码或其下级的单元",
    "by place, or by the words to the left or right": "按原文顺序，或按左侧、右侧的词排序",
    "the word to sort by, counted from the hit": "按第几个词排序，从命中处数起",
    "characters shown on each side": "两侧显示的字符数",
    "so many lines, 0 for all": "列出多少行，0 为全部",
    "look in units that carry form/boilerplate": "带 form/boilerplate 的单元也查找",
    "the word (the node) whose neighbours are counted": "查其近旁词的词（节点词）",
    "the word is a regular expression (RE2)": "该词是正则表达式（RE2）",
    "so many words to each side": "两侧各取多少词",
    "the measure to sort by": "按哪个指标排序",
    "leave out words that stand near less often": "略去在近旁出现更少的词",
    # the figures
    "codes ranked by use, each dimension by itself": "各维度内按使用次数排列的编码",
    "the same bars for every city": "每个城市各一组同样的条形",
    "codes by cities, the number in each cell": "编码 × 城市，格内为数值",
    "codes by cities: which city gives which code more or less than its due": (
        "编码 × 城市：哪个城市对哪个编码着墨偏多或偏少"
    ),
    "how each city divides a dimension: bars of 100 %": "各城市在一个维度内的构成：100 % 条形",
    "the codes of a dimension, a bar for each city": "一个维度的编码，每个城市一条",
    "a line for each city over the codes of a dimension": "一个维度各编码上的城市折线",
    "where in the documents the codes of a dimension stand": "一个维度的编码在文件中的位置",
    "stages by layers, in numbers": "环节 × 层面的数值",
    "stages by layers: strength, promise, deficit, not stated": (
        "环节 × 层面：成效、承诺、短板、未述"
    ),
    "pairs of codes by how much they meet": "编码两两共现的强度",
    "codes joined where they meet": "共现编码的网络",
    "the 3 × 3 surface of each document or city": "每份文件或每个城市的 3 × 3 PMC 曲面",
    "the same surfaces seen at a slant": "同样的曲面，斜视图",
    "what is lacking, done and promised of each code": "各编码的欠缺、成效与承诺",
    "how much is said of each code, period by period": "各规划期每个编码的多少",
    "cities and codes by correspondence analysis": "城市与编码的对应分析",
    "which cities are alike, as a tree": "城市相似性聚类树",
    "the words each city prefers": "各城市偏好的词",
    "the commonest words, as a picture": "词云",
    "codes found by documents read": "随文件数增加而发现的编码",
}

_KINDS = r"“\1”不是"
REFUSALS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (
        r"invalid choice: '?(.*?)'?(?:, maybe you meant .*)? \(choose from (.*)\)",
        r"没有“\1”，可选：\2",
    ),
    (r"invalid int value: '(.*)'", f"{_KINDS}整数"),
    (r"invalid float value: '(.*)'", f"{_KINDS}数"),
    (r"invalid \w+ value: '(.*)'", r"“\1”不合要求"),
    (r"expected one argument", r"后面需要一个值"),
    (r"expected at most one argument", r"后面最多一个值"),
    (r"expected at least one argument", r"后面至少需要一个值"),
    (r"expected (\d+) arguments?", r"后面需要 \1 个值"),
    (r"not allowed with argument (.*)", r"不能与 \1 同用"),
    (r"ignored explicit argument '?(.*?)'?", r"不接受值“\1”"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 不明确，可能是：\2"),
    (r"one of the arguments (.*) is required", r"须给出其中之一：\1"),
)
"""What argparse says of wrong arguments, as patterns, in Chinese."""
