"""Every word of the screens, in Chinese and in English, in one place.

Names of columns and measures that stand in tables and files too are in
`wenma.publish.labels`; names of codes come from the codebook.
"""

import re
from dataclasses import dataclass
from typing import Any

from wenma.publish.labels import Language
from wenma.records import Bilingual as Words

LANGUAGES: dict[str, str] = {"zh": "中文", "en": "English"}

MESSAGES: dict[str, Words] = {
    # the frame around every page
    "app": Words("文码", "wenma"),
    "overview": Words("总览", "Overview"),
    "frequencies": Words("编码频次", "Frequencies"),
    "cooccurrence": Words("编码共现", "Co-occurrence"),
    "framework": Words("框架矩阵", "Framework"),
    "cities": Words("城市比较", "Cities"),
    "reader": Words("阅读", "Reader"),
    "review": Words("复核", "Review"),
    "tasks": Words("编码任务", "Tasks"),
    "search": Words("检索", "Search"),
    "codebook": Words("编码本", "Codebook"),
    "documents": Words("文件", "Documents"),
    "reliability": Words("信度效度", "Reliability"),
    "history": Words("历史", "History"),
    "export": Words("导出", "Export"),
    "language": Words("语言", "Language"),
    "filters": Words("筛选（各页通用）", "Filters (hold on every page)"),
    "coder": Words("编码者", "Coder"),
    "coder_reviewed": Words("复核后（规则与人）", "reviewed (rules and people)"),
    "coder_decided": Words("已定（只计人所定）", "decided (by people alone)"),
    "of_codebook": Words("用哪个编码本", "By which codebook"),
    "more_attributes": Words("更多属性", "More attributes"),
    "crossed_with": Words("再按", "Crossed with"),
    "not_crossed": Words("不交叉", "nothing"),
    "code": Words("编码", "Code"),
    "document": Words("文件", "Document"),
    "headings": Words("计入标题", "Count headings"),
    "once": Words("副本只计一次", "Count copies once"),
    "all": Words("全部", "All"),
    "sample": Words(
        "样本语料：七座虚构城市的规划。打开自己的项目：",
        "Sample corpus: plans of seven invented cities. Open your own project with:",
    ),
    "sample_command": Words("wenma app 项目.db", "wenma app FILE.db"),
    "coding_sample": Words("正在对样本语料编码……", "Coding the sample corpus …"),
    "opening": Words("正在打开项目……", "Opening the project …"),
    "address_passed_over": Words(
        "网址中这些没有读懂，已略过：{what}",
        "In the address this was not understood and is passed over: {what}",
    ),
    "nothing_left": Words(
        "没有文件符合当前筛选条件。请在左侧放宽筛选。",
        "No document passes these filters. Widen them at the left.",
    ),
    "no_codings": Words(
        "这里还没有编码参考点。请先编码："
        "wenma code 文件夹 --codebook 编码本.yaml --project 项目.db",
        "There are no codings here yet. Make some: "
        "wenma code FOLDER --codebook FILE.yaml --project FILE.db",
    ),
    # tables and excerpts
    "table": Words("表格", "Table"),
    "excerpts_of": Words("{n} 处原文片段", "{n} excerpts"),
    "no_excerpts": Words("此格为零，没有原文片段。", "This number is 0: there are no excerpts."),
    "more": Words("再显示 {n} 处（尚余 {left} 处）", "Show {n} more ({left} left)"),
    "close": Words("收起", "Close"),
    "click_number": Words(
        "点图或表中的数字，查看其原文片段。", "Click a mark or a number to see its excerpts."
    ),
    "by": Words("分组", "Break down by"),
    "measure": Words("计量", "Measure"),
    "dimension": Words("维度", "Dimension"),
    # overview
    "figure_documents": Words("文件", "Documents"),
    "figure_han": Words("计数汉字", "Han characters"),
    "figure_references": Words("编码参考点", "References"),
    "figure_coded": Words("已编码单元占比", "Units coded"),
    "attention": Words(
        "关注点：各{by}每千字参考点", "Attention: references per 1,000 Han, by {by}"
    ),
    "attention_colour": Words(
        "颜色按行比较：同一编码中，数值越高颜色越深。",
        "Colours compare along a row: the darker, the more is said of that code.",
    ),
    # frequencies
    "references": Words("参考点数", "References"),
    "share": Words("占维度 %", "% of dimension"),
    "per_1000": Words("每千字", "Per 1,000 Han"),
    "file_count": Words("文件数", "Documents"),
    "ranked": Words("总体排序", "Ranked, all together"),
    "one_for_each": Words("按{by}分列", "By {by}"),
    "group_count": Words(
        "图中是字数最多的 {shown} 组，共 {all} 组，其余见下表。",
        " Drawn: the {shown} largest of {all} groups; the table has all.",
    ),
    # co-occurrence
    "n11": Words("一起出现多少次", "How often"),
    "npmi": Words("比偶然多多少", "More than chance"),
    "jaccard": Words("重叠多大", "How much overlap"),
    "g2": Words("有多大把握", "How sure"),
    "n11_help": Words("两个编码同在一个单元中的单元数。", "Units that carry both codes."),
    "npmi_help": Words(
        "NPMI：-1 从不同现，0 与偶然相当，1 总是同现。",
        "NPMI: -1 never together, 0 as by chance, 1 always together.",
    ),
    "jaccard_help": Words(
        "Jaccard：带有任一编码的单元中，同时带有两者的比例。",
        "Jaccard: of the units with either code, the part with both.",
    ),
    "g2_help": Words(
        "G²：大于 3.84 时，单看这一对，偶然如此的可能不足 5%。",
        "G²: above 3.84, chance alone gives this in fewer than 5 % of cases for one pair.",
    ),
    "where": Words("范围", "Where"),
    "heat_map": Words("矩阵", "Matrix"),
    "pairs_help": Words("– 从未同现。", "– never together."),
    "network": Words("网络", "Network"),
    # search
    "look_for": Words("查找", "Look for"),
    "look_for_example": Words("如：应急演练", "a word, as it stands"),
    "in_code": Words("只在带此编码的单元", "Only in units coded"),
    "any_code": Words("不限", "any or none"),
    "sorted_by": Words("排序", "Sorted by"),
    "by_place": Words("原文顺序", "place in the text"),
    "by_left": Words("左侧词", "word to the left"),
    "by_right": Words("右侧词", "word to the right"),
    "as_pattern": Words("正则表达式", "Regular expression"),
    "nothing_looked_for": Words(
        "写下要找的词，查看它在各处的上下文。", "Write a word to see it in its lines."
    ),
    "hit": Words("命中", "Hit"),
    "places": Words("处数", "Places"),
    "click_line": Words("点一行，打开原文该处。", "Click a line to open the text there."),
    "not_found": Words("没有找到。", "It is nowhere."),
    "together_in": Words("同在一个", "Together in one"),
    "unit": Words("编码单元", "unit"),
    "clause": Words("分句", "clause"),
    "sentence": Words("句", "sentence"),
    "paragraph": Words("段落", "paragraph"),
    "section": Words("章节", "section"),
    "network_help": Words(
        "连线：「{measure}」不低于 {limit}，越粗越高；圆越大，单元越多。",
        "Lines: “{measure}” of {limit} or more, thicker for higher; larger circles: more units.",
    ),
    "pairs_count": Words(
        "图中是单元最多的 {shown} 个编码，共 {all} 个，其余见下表。",
        "Drawn: the {shown} codes with most units, of {all}; the table has all.",
    ),
    "no_pairs": Words("没有两个编码同现于一个单元。", "No two codes meet in a unit here."),
    # framework
    "left": Words("左表", "Left table"),
    "right": Words("右表", "Right table"),
    "everything": Words("全部文件", "All documents"),
    "units_in_table": Words("表内合计 {n} 个单元", "{n} units in the table"),
    "framework_rows": Words("行", "Rows"),
    "framework_columns": Words("列", "Columns"),
    "framework_help": Words(
        "格中为同时带有两个编码的单元数，颜色在本表之内比较。",
        "Cells hold units with both codes; colours compare within a table.",
    ),
    "top_codes": Words("顶层编码", "Codes at the top"),
    "framework_shows": Words("格中显示", "Cells show"),
    "marks": Words("评定", "Marks"),
    "counts": Words("单元数", "Units"),
    "marks_help": Words(
        "格中三数依次为带成效、承诺、短板的单元数；评定只据这三数，未述即一处也没有。",
        "The three numbers are units with achievements, commitments, deficits; a mark rests on "
        "them alone, and “not stated” means there are none.",
    ),
    # cities
    "nearness": Words("远近", "Nearness"),
    "as_map": Words("对应分析图", "Map"),
    "as_tree": Words("聚类树", "Tree"),
    "as_map_title": Words("谁与谁相近：对应分析", "Who is near whom: correspondence analysis"),
    "as_tree_title": Words("谁与谁相近：聚类", "Who is near whom: clustering"),
    "one_group": Words(
        "比较至少需要两组：筛选后的文件只注明了一个{by}，或没有注明。",
        "A comparison needs two: these documents state one {by}, or none.",
    ),
    "profiles": Words("各占多少（占维度 %）", "Profiles (% of dimension)"),
    "likeness": Words("两两相似度", "How alike each two are"),
    "own_words": Words("特色词", "Words of one’s own"),
    "own_words_of": Words("谁的特色词", "Whose words"),
    "own_words_help": Words(
        "选一个，数出它比其余各组用得多的词。",
        "Choose one to see the words it uses more than the rest.",
    ),
    "choose_one": Words("请选择", "choose"),
    "counting_words": Words("正在数词……", "Counting words …"),
    "too_many_placed": Words(
        "{all} 组画不下（至多 {most} 组），请在左侧筛选。",
        "{all} groups do not fit (at most {most}): narrow them at the left.",
    ),
    # people at work
    "person": Words("编码者姓名", "Your name"),
    "person_example": Words("如：林一", "e.g. Lin"),
    "name_first": Words(
        "请先写下姓名：每个决定都记在名下，随时可以撤销。",
        "Write your name first: every decision is kept under it, and can be taken back.",
    ),
    "sign_in": Words("登录", "Sign in"),
    "sign_out": Words("退出", "Sign out"),
    "role_reader": Words("读者", "reader"),
    "role_coder": Words("编码者", "coder"),
    "role_supervisor": Words("督导", "supervisor"),
    # review
    "review_rules_only": Words(
        "复核的是规则的编码：请在左侧把编码者选为 rules:…。",
        "Rules are what is reviewed: choose a coder rules:… at the left.",
    ),
    "review_order": Words("次序", "Order"),
    "by_text": Words("原文顺序", "as in the text"),
    "by_chance": Words("随机抽样", "random sample"),
    "review_progress": Words("已复核 {done} / {all}", "{done} of {all} reviewed"),
    "review_right": Words("，其中接受 {n}（{share}）", ", {n} accepted ({share})"),
    "review_interval": Words("，95% 区间 {low}–{high}", "; 95 % interval {low}–{high}"),
    "review_done": Words("这个编码已全部复核。", "All of this code is reviewed."),
    "accept": Words("接受", "Accept"),
    "reject": Words("拒绝", "Reject"),
    "skip": Words("跳过", "Skip"),
    "undo": Words("撤销", "Undo"),
    "change": Words("改为", "Change"),
    "other_code": Words("另一编码", "Other code"),
    "reason": Words("拒绝的理由", "Reason for rejecting"),
    "reason_for_all": Words("拒绝这几处的理由", "Reason for rejecting all of these"),
    "reason_example": Words("可留空", "may be left empty"),
    "working": Words("正在保存，请等下一处出现。", "Saving: wait for the next one to appear."),
    "decided_already": Words(
        "这一处您已复核过，没有改动。", "You have decided on this one already; nothing was changed."
    ),
    "not_shown": Words(
        "那一处已不在屏幕上，没有改动。",
        "That one is not on the screen any more; nothing was changed.",
    ),
    "not_proposed": Words(
        "规则已不再这样编码，没有改动。",
        "The rules do not code this any more; nothing was changed.",
    ),
    "many_at_once": Words("一次多处", "Many at once"),
    "all_waiting": Words(
        "筛选所得全部 {n} 处，不限于上表所列", "All {n} the filters leave, not only those listed"
    ),
    # tasks
    "task": Words("任务", "Task"),
    "no_tasks": Words("名下没有编码任务。", "There is no task for this name."),
    "give_task": Words("分派编码任务", "Give a task"),
    "show_plan": Words(
        "80、160、320 个单元各能得到多宽的区间", "What interval 80, 160 and 320 units will give"
    ),
    "task_name": Words("任务名称", "Name of the task"),
    "task_example": Words("如：试编码", "e.g. pilot"),
    "task_people": Words("编码者（两人以上，互不可见）", "Coders (two or more, blind)"),
    "people_example": Words("如：林一、周二", "e.g. Lin, Zhou"),
    "task_units": Words("单元数", "Units"),
    "task_help": Words(
        "一半抽自规则编过的单元（少见的编码也抽到），一半抽自未编的；按城市与章节角色分散，"
        "入样概率一并保存。{n} 个单元：占比不低于 {share}% 的编码，有 95% 的把握至少出现一次。",
        "Half are units the rules have coded, rare codes too, half are units they have not; spread "
        "over cities and parts of plans, with their chances kept. "
        "{n} units show a code on {share} % of units or more at least once, with 95 % certainty.",
    ),
    "task_given": Words(
        "已分派给 {people}：每人 {n} 个单元，涉及所拟编码 {codes} 个、城市 {cities} 个、"
        "章节角色 {roles} 种。",
        "{n} units for each of {people}: {codes} predicted codes, {cities} cities, "
        "{roles} parts of plans.",
    ),
    "task_progress": Words("已编 {done} / {all}", "{done} of {all} coded"),
    "task_done": Words(
        "这个任务已完成。各人都完成后，到「信度效度」页看一致程度。",
        "This task is finished. When all have finished theirs, see the page Reliability.",
    ),
    "none_of_these": Words("都不是", "none of these"),
    "save_and_next": Words("保存，下一处", "Save, next"),
    # reliability
    "one_coder": Words(
        "信度要有两个编码者：请先复核、完成编码任务，或在阅读页手工编码。规则也可与人比较。",
        "Agreement needs two coders: review, finish a task, or code by hand in the reader first. "
        "Rules can be compared with people too.",
    ),
    "coder_one": Words("编码者一", "One coder"),
    "coder_other": Words("编码者二", "The other"),
    "compared_on": Words("比较哪些单元", "Compared on"),
    "everything_coded": Words("两人都编过的文件全部", "all of the documents both coded"),
    "compared_in": Words("单位", "Counted in"),
    "size_unit": Words("编码单元", "units"),
    "size_paragraph": Words("段落", "paragraphs"),
    "size_character": Words("字符", "characters"),
    "differences": Words("不一致之处", "Where they differ"),
    "no_differences": Words("没有不一致之处。", "They differ nowhere here."),
    "confusion": Words("混淆矩阵", "Confusion matrix"),
    "confusion_help": Words(
        "行为{one}所编，列为{other}所编，格中为单元数。一个单元有几个编码时，先计两人相同的，余下的再交叉。",
        "Rows: {one}; columns: {other}; units in each cell. Of a unit with several codes what both "
        "gave is counted first, and what is left over is crossed.",
    ),
    "nvivo": Words("编码比较（NVivo 各栏）", "Coding comparison (NVivo's columns)"),
    "nvivo_help": Words(
        "按编码与文件，以单元计。两人都未编的也算一致，少见的编码因此总接近 100%：请同时看 κ；"
        "κ 无定义处留空，NVivo 在此印 1。",
        "By code and document, in units. What neither coded counts as agreement, so that a rare "
        "code is near 100 % always: see κ beside it. It is empty where it is not defined; NVivo "
        "prints 1 there.",
    ),
    "nvivo_size": Words("单元数", "Size (units)"),
    "nvivo_kappa": Words("κ 系数", "Kappa"),
    "nvivo_agreement": Words("一致 %", "Agreement (%)"),
    "nvivo_both": Words("两人都编 %", "A and B (%)"),
    "nvivo_neither": Words("都未编 %", "Not A and Not B (%)"),
    "nvivo_disagreement": Words("不一致 %", "Disagreement (%)"),
    "nvivo_first": Words("仅{one}编 %", "only {one} (%)"),
    "nvivo_second": Words("仅{other}编 %", "only {other} (%)"),
    "differences_help": Words(
        "共 {n} 处，已定稿 {done} 处。选一行，对照原文后定稿；定稿记在编码者“定稿”名下。",
        "{n} in all, {done} settled. Choose a row to settle it; what is settled is kept under its "
        "own coder.",
    ),
    "by_both": Words("两人都编", "Both"),
    "settled_codes": Words("定稿编码", "Settled codes"),
    "settled_note": Words("理由", "Why"),
    "settle": Words("定稿", "Settle"),
    "settled": Words("已定稿 {n} 处。", "{n} settled."),
    "settle_agreed": Words("两人一致的 {n} 处一次定稿", "Settle the {n} on which both agree"),
    "agreed_note": Words("两人一致", "both agree"),
    "open_in_reader": Words("看原文", "Open in the reader"),
    # history
    "no_history": Words(
        "还没有人编码或复核。到「复核」或「阅读」页开始。",
        "Nobody has coded or reviewed by hand yet. Begin on the pages Review or Reader.",
    ),
    "history_at": Words("时间", "When"),
    "history_who": Words("谁", "Who"),
    "history_what": Words("做了什么", "What"),
    "history_rows": Words("行数", "Rows"),
    "history_taken_back": Words("已撤销", "Taken back"),
    "history_help": Words(
        "历史只增不减：撤销与重做也是其中的一步。文件中有每一行的前后内容。",
        "The history only grows: undo and redo are steps of it. The file has each row before "
        "and after.",
    ),
    "act_undo": Words("撤销：{verb}", "undo: {verb}"),
    "act_redo": Words("重做：{verb}", "redo: {verb}"),
    "verb_code": Words("编码", "code"),
    "verb_uncode": Words("取消编码", "uncode"),
    "verb_recode": Words("改编码", "recode"),
    "verb_extend": Words("改范围", "extend"),
    "verb_split": Words("拆分", "split"),
    "verb_merge": Words("合并", "merge"),
    "verb_accept": Words("接受", "accept"),
    "verb_reject": Words("拒绝", "reject"),
    "verb_decide": Words("复核", "decide"),
    "verb_note": Words("备忘", "memo"),
    "verb_assign": Words("分派任务", "assign"),
    "verb_judge": Words("完成任务一处", "judge"),
    "verb_settle": Words("定稿", "settle"),
    "verb_bring": Words("自复现包带入", "brought from a pack"),
    "verb_correct": Words("更正属性", "attribute corrected"),
    "verb_set_case": Words("另定归属", "stretch belongs elsewhere"),
    "verb_remove_case": Words("取消另定归属", "stretch belongs to its document again"),
    "verb_follow": Words("随新文本移动", "moved with the changed text"),
    "verb_run": Words("规则编码", "coded by rules"),
    "verb_revise": Words("启用编码本新版本", "new version of the codebook"),
    # export
    "report_html": Words("报告（网页）", "Report (web page)"),
    "report_docx": Words("报告（Word）", "Report (Word)"),
    "pack": Words("可复现包", "Reproducibility pack"),
    "export_help": Words(
        "按左侧筛选后的文件制作；大的语料需要半分钟。可复现包含全部文件。",
        "Made from the documents the filters let through; a large corpus takes half a minute. "
        "The pack holds all documents.",
    ),
    "artefact": Words("论文中的哪一项", "Which part of the paper"),
    "artefact_empty": Words("空缺：{why}", "Empty: {why}"),
    "making": Words("正在制作……", "Making it …"),
    "table_files": Words("表", "Table"),
    "picture_files": Words("图", "Figure"),
    "own_part": Words(
        "由编码本和原文制成，见报告。", "Made from codebook and texts: see the report."
    ),
    # reader
    "outline": Words("目录", "Outline"),
    "choose_sentence": Words(
        "点文中一句，查看它的编码与依据。", "Click a sentence to see its codes and why."
    ),
    "chosen_unit": Words("所选单元", "Chosen unit"),
    "not_coded": Words("此单元没有编码。", "This unit carries no code."),
    "rule": Words("规则", "Rule"),
    "evidence": Words("依据", "Evidence"),
    "place_page": Words("第 {page} 页", "p. {page}"),
    "place_line": Words("第 {line} 行", "line {line}"),
    "place_in_file": Words("文件位置", "Place in the file"),
    "show_codes": Words("点编码可隐去或恢复", "Click a code to hide or show it"),
    "no_outline": Words("（未识别出目录）", "(no outline was found)"),
    "by_person": Words("人工编码", "coded by a person"),
    "no_such_document": Words(
        "项目中没有这份文件，请另选一份。", "There is no such document here: choose another."
    ),
    "needs_name": Words(
        "请先在上方填写编码者姓名，再编码。", "Write your name above before you code."
    ),
    "whose": Words("显示谁的编码", "Whose codings"),
    "whose_both": Words("双方的编码", "Everyone’s"),
    "whose_mine": Words("我的编码", "Mine"),
    "whose_theirs": Words("所选编码者的", "The chosen coder’s"),
    "mine": Words("我的编码", "mine"),
    "stance": Words("立场", "Stance"),
    "any_stance": Words("各种立场", "Any stance"),
    "page_picture": Words("看原页", "Show the page"),
    "page_of_file": Words("原文件第 {page} 页", "Page {page} of the file"),
    "only_undecided": Words("只看未定", "Undecided only"),
    "find_code": Words("找编码：名称、路径或拼音（如 dy）", "Find a code: name, path or pinyin"),
    "no_code": Words("没有这样的编码。", "There is no such code."),
    "selected": Words("已选 {n} 字", "{n} selected"),
    "unit_meant": Words("所选单元", "chosen unit"),
    "nothing_meant": Words("未选文字", "nothing selected"),
    "select_first": Words("请先用鼠标选中文字。", "Select text with the mouse first."),
    "choose_own": Words("请先点自己的一处编码。", "Click a coding of your own first."),
    "recoding": Words("改为……", "change to …"),
    "no_key": Words(
        "用过的编码会排在这里，按 1–9 即可再用。",
        "Codes you have used stand here; keys 1–9 apply them.",
    ),
    "key_help": Words(
        "1–9 编码　/ 找编码　Delete 取消编码　z 撤销　Shift+z 重做　n p 下一/上一未定　Esc 清除",
        "1–9 code · / find · Delete uncode · z undo · Shift+z redo · n p undecided · Esc clear",
    ),
    "undecided_left": Words("未定 {n}", "{n} undecided"),
    "none_after": Words("后面没有未定的单元。", "No undecided unit follows."),
    "none_before": Words("前面没有未定的单元。", "No undecided unit before this."),
    "uncode": Words("取消编码", "Uncode"),
    "recode": Words("改编码", "Recode"),
    "extend": Words("扩展到选区", "Extend to selection"),
    "split": Words("在选区处拆分", "Split at selection"),
    "merge": Words("与选区合并", "Merge with selection"),
    "take": Words("我也这样编码", "Code likewise"),
    "memo": Words("备忘", "Memo"),
    "document_memo": Words("文件备忘", "Memos on the document"),
    "keep": Words("保存", "Save"),
    "leave": Words("放弃", "Discard"),
    "coded_as": Words("已编码为「{code}」。", "Coded as “{code}”."),
    "act_done": Words("已完成：{act}。", "Done: {act}."),
    "in_document": Words("，在文件「{document}」中", " in {document}"),
    "nothing_to_undo": Words("没有可撤销的操作。", "There is nothing to undo."),
    "nothing_to_redo": Words("没有可重做的操作。", "There is nothing to redo."),
    "text_changed": Words(
        "文本其间已经改动，没有编码。请刷新页面。",
        "The text has changed meanwhile; nothing was coded. Load the page again.",
    ),
    "drawn_for": Words(
        "这一页是为“{name}”打开的，而现在是“{now}”。请刷新页面。",
        "this page was drawn for {name}, and now {now} is at work. Load the page again.",
    ),
    "other_person": Words(
        "现在是另一人在用，没有改动。请刷新页面。",
        "Somebody else is at work here now; nothing was changed. Load the page again.",
    ),
    "acted_since": Words(
        "其间您又做了别的，没有撤销。现在显示的是最新情况，请再按一次。",
        "You have done something else meanwhile; nothing was taken back. "
        "This is how it stands now: press again.",
    ),
    "not_understood": Words(
        "这个操作没有读懂，请刷新页面再试。", "This was not understood: load the page again."
    ),
    # codebook
    "when": Words("何时用", "When to use"),
    "when_not": Words("何时不用", "When not"),
    "examples": Words("例句", "Examples"),
    "near_misses": Words("近似而非", "Near misses"),
    "rules": Words("规则", "Rules"),
    "fired": Words("触发次数", "Fired"),
    "wording": Words("字样", "Wording"),
    "source": Words("来源", "Source"),
    "path": Words("编码路径", "Path"),
    "version": Words("编码本 {name} {version}", "Codebook {name} {version}"),
    "wording_near": Words(
        "{first} …… {second}（相距 {within} 字内）", "{first} … {second} (within {within})"
    ),
    "wording_roles": Words("各类章节：{roles}", "Sections: {roles}"),
    "wording_not_in": Words("除 {words}", "not in {words}"),
    "wording_not_with": Words("无 {words}", "not with {words}"),
    "change_codebook": Words("修订编码本", "Change the codebook"),
    "older_version": Words(
        "这是旧版编码本。要修订，请在左侧选 {coder}。",
        "This is an older version: choose {coder} at the left to change it.",
    ),
    "change_by": Words("修订方式", "Change it by"),
    "by_form": Words("表单", "form"),
    "by_yaml": Words("YAML 文本", "YAML"),
    "tree_help": Words(
        "拖到编码之间为移动，拖到编码上为归入其下。键盘：Alt+↑↓ 上下移，Alt+→ 归入上一个，"
        "Alt+← 移出。",
        "Drag between codes to move, onto one to put it under. Keys: Alt+↑↓ up and down, "
        "Alt+→ under the one above, Alt+← out.",
    ),
    "name_zh": Words("中文名", "Name in Chinese"),
    "name_en": Words("英文名", "Name in English"),
    "definition": Words("定义", "Definition"),
    "one_a_line": Words("{what}（每行一条）", "{what} (one a line)"),
    "rules_yaml": Words("规则（YAML）", "Rules (YAML)"),
    "into_draft": Words("写入草稿", "Put into the draft"),
    "shift_up": Words("上移", "Up"),
    "shift_down": Words("下移", "Down"),
    "shift_out": Words("移出", "Out"),
    "shift_in": Words("归入上一个", "Into the one above"),
    "move_under": Words("移到哪个编码之下", "Move under"),
    "top_of_tree": Words("（顶层）", "(top of the tree)"),
    "move_there": Words("移动", "Move"),
    "merge_into": Words("并入哪个编码", "Merge into"),
    "merge_there": Words("合并", "Merge"),
    "new_code_name": Words("新编码的中文名", "A new code’s name in Chinese"),
    "new_under": Words("新建下级", "New under this"),
    "new_beside": Words("新建同级", "New beside this"),
    "remove_code": Words("删除这个编码", "Remove this code"),
    "draft_changes": Words("草稿 {version} 相对 {old} 的改动", "Draft {version} against {old}"),
    "whole_codebook": Words("（整个编码本）", "(the codebook)"),
    "change_what": Words("改动", "Change"),
    "change_detail": Words("细节", "Detail"),
    "colour": Words("颜色", "colour"),
    "considered": Words("何时考虑", "which codes are considered"),
    "change_added": Words("新建", "new"),
    "change_removed": Words("删除", "removed"),
    "change_moved": Words("改路径，原为", "moved or renamed, was"),
    "change_merged": Words("并入了", "merged into it"),
    "change_reordered": Words("次序", "order"),
    "change_recoded": Words("规则", "rules"),
    "change_reworded": Words("文字", "wording"),
    "change_examples": Words("例句或近似句", "examples or near misses"),
    "change_reindexed": Words("指数", "index"),
    "change_rescored": Words("量表分值", "scores of a scale"),
    "mark_added": Words("新", "new"),
    "mark_moved": Words("移", "moved"),
    "mark_merged": Words("并", "merged"),
    "mark_recoded": Words("规则", "rules"),
    "mark_reworded": Words("文字", "worded"),
    "mark_rescored": Words("分值", "scores"),
    "mark_examples": Words("例句", "examples"),
    "redo": Words("重做", "Redo"),
    "draft_overtaken": Words(
        "草稿所据的版本已不是现用版本：其间有人启用了另一版本。请下载草稿，放弃后重来。",
        "Another version was put to use since this draft began: download the draft, drop it and "
        "begin again.",
    ),
    "draft_carried": Words(
        " 人工的 {n} 项编码、裁定与备忘已随编码移到新路径。",
        " {n} codings, decisions and memos of people have moved with their codes.",
    ),
    "draft_left": Words(
        " 人工编码中有 {n} 处的编码已不在新版中，原样保留。",
        " {n} codings of people stay under codes the new version has not.",
    ),
    "last_elsewhere": Words(
        "您最近的一步不在此页（{verb}）：请到那一页撤销或重做。",
        "Your last step was elsewhere ({verb}): take it back, or do it again, there.",
    ),
    "wording_warnings": Words("用词提示（{n}）", "Wording to look at ({n})"),
    "warning": Words("提示", "Warning"),
    "warning_kind": Words("说明", "What it means"),
    "scope_or_several": Words("（范围或多个编码）", "(the scope, or several codes)"),
    "tried": Words("试用结果", "What it would do"),
    "draft": Words("草稿（YAML）", "Draft (YAML)"),
    "try_draft": Words("试用", "Try"),
    "save_draft": Words("存为新版本并重编", "Save as new version"),
    "draft_file": Words("下载草稿", "Download the draft"),
    "drop_draft": Words("放弃草稿", "Drop the draft"),
    "offered_near_misses": Words(
        "复核中被拒绝的 {n} 句：点一句，收为近似句",
        "{n} rejected in review: click one for a near miss",
    ),
    "offered_examples": Words(
        "人工增补的 {n} 句：点一句，收为例句", "{n} added by people: click one for an example"
    ),
    "taken": Words("已收入草稿：{sentence}", "Now in the draft: {sentence}"),
    "examples_fail": Words(
        "草稿有 {n} 个例句或近似句不符：{some}。请改规则，或改这些句子。",
        "{n} examples or near misses fail in the draft: {some}. Mend the rules or the sentences.",
    ),
    "supervisors_only": Words(
        "只有督导可以改编码本。", "Only a supervisor may change the codebook."
    ),
    "no_change": Words("草稿与现用版本相同。", "The draft is what is in use already."),
    "raise_version": Words(
        "请把 version 改得高于 {version} 再存。", "Raise the version above {version}, then save."
    ),
    "draft_saved": Words(
        "已存为 {coder}，{n} 份文件已重编；人工编码与旧版编码都还在。",
        "Saved as {coder}; {n} documents coded again. People’s and older codings are kept.",
    ),
    "nothing_changes": Words("没有编码会变。", "No coding would change."),
    "tried_added": Words("增加", "Added"),
    "tried_gone": Words("减少", "Gone"),
    "tried_kept": Words("不变", "Kept"),
    # documents
    "open_document": Words("阅读全文", "Read the document"),
    "attributes": Words("属性", "Attributes"),
    "attribute": Words("属性", "Attribute"),
    "attribute_value": Words("值", "Value"),
    "attribute_kind": Words("类型", "Kind"),
    "attributes_help": Words(
        "双击「值」改正，留空即去掉；类型由全部文件的值判定。改正可以撤销，重读清单也不会丢。",
        "Double-click a value to correct it; an empty one takes it away. The kind is found out "
        "from the values of all documents. A correction can be undone, and stays when the "
        "manifest is read again.",
    ),
    "new_attribute": Words("新属性的名称", "Name of a new attribute"),
    "guesses": Words("空缺的属性，据文件推测", "Empty attributes, as the document suggests them"),
    "guesses_help": Words(
        "每项后面是所据的文字。文中写明的已选上；标“推断”的请先核对再选。",
        "Each with the words it rests on. What the text states is chosen; check what is inferred"
        " before you choose it.",
    ),
    "inferred": Words("（推断）", "(inferred)"),
    "take_guesses": Words("采纳所选", "Take those chosen"),
    "add_attribute": Words("加上属性", "Add the attribute"),
    "kind_text": Words("文字", "text"),
    "kind_number": Words("数", "number"),
    "kind_date": Words("日期", "date"),
    "quality": Words("读取质量", "How the documents were read"),
    "quality_look": Words(
        "{} 份文件在采用之前应先与原文件核对：",
        "To be checked against their files before they are believed: {} documents.",
    ),
    "quality_whole": Words(
        "没有发现可疑之处。未读入或不编码的部分见下表。",
        "Nothing suspicious was met. What was left out or is never coded stands in the table.",
    ),
    "documents_help": Words(
        "章节数为 0、单元过少或汉字过少，往往说明文本没有读全。点一行可阅读全文、查看片段。",
        "No sections, few units or few characters often mean a text was not read whole. "
        "Click a row to read the document and see its excerpts.",
    ),
}


@dataclass(frozen=True)
class Say:
    """Speaks one language.

    >>> Say("en")("excerpts_of", n=3)
    '3 excerpts'
    """

    language: Language

    def __call__(self, key: str, **values: Any) -> str:
        """The text of that key with its values put in."""
        words = MESSAGES[key]
        text = words.zh if self.language == "zh" else words.en
        return text.format(**values) if values else text

    def coder(self, name: str) -> str:
        """What a coder is called: a person or version of the rules as they are.

        >>> Say("zh").coder("reviewed"), Say("zh").coder("林一")
        ('复核后（规则与人）', '林一')
        """
        return self(f"coder_{name}") if f"coder_{name}" in MESSAGES else name


_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=\"'])")


def as_it_stands(text: str) -> str:
    r"""A text of the study where Streamlit reads Markdown, so that it is drawn as it stands.

    >>> as_it_stands("**粗** :red[红]")
    '\\*\\*粗\\*\\* \\:red\\[红\\]'
    """
    return _SIGNS.sub(r"\\\1", text)
