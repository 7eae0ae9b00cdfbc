from wenma.sources.lines import Text
from wenma.sources.outlines.outline import outline

BODY = "我们统筹发展和安全，健全监测预警体系，完善应急物资储备，提升基层治理能力，守牢底线。"


def kinds(*texts, **options):
    return outline([Text(text, "body") for text in texts], **options).kinds


def test_title_number_issuer_and_date_are_title_lines():
    found = kinds(
        "云州市人民政府关于印发", "云州市韧性城市规划的通知", "云政发〔2025〕3号", "各区人民政府：",
        "现将规划印发给你们，请认真贯彻执行。", "云州市人民政府", "2025年3月1日",
        "云州市韧性城市规划", "为落实要求，" + BODY, "一、基础", BODY,
    )  # fmt: skip
    assert found == (
        "title", "title", "title", "body", "body", "title", "title", "title", "body", "heading",
        "body",
    )  # fmt: skip


def test_who_signs_at_the_foot_is_no_text():
    found = kinds("一、任务", BODY, "二、保障", BODY, "云州市人民政府", "2025年3月1日")
    assert found[-2:] == ("title", "title")


def test_a_list_of_lines_without_full_stops_is_a_text_all_the_same():
    assert kinds("完善应急预案", "储备应急物资", "开展应急演练") == ("body",) * 3


def test_a_statement_before_the_first_heading_is_text_though_it_lost_its_full_stop():
    found = kinds("云州市应急规划", "坚持人民至上、生命至上，统筹发展和安全", "全面推进" * 16,
                  "一、基础", BODY)  # fmt: skip
    assert found[:3] == ("title", "body", "body")


def test_captions_notes_and_enactments_stay_title_lines_for_all_their_commas():
    found = kinds("云州市政府工作报告", "3月5日，市长在大会上作报告，本报记者林一摄",
                  "2019年6月1日云州市人民政府令公布，自印发之日起施行", "——在第一次会议上，林一",
                  "一、基础", BODY)  # fmt: skip
    assert found[:4] == ("title",) * 4


def test_a_list_below_目录_is_text_where_nothing_comes_back():
    assert kinds("目录", "帐篷", "棉被", "水泵", "一、储备", BODY)[1:4] == ("body",) * 3
