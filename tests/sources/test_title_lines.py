from wenma.sources.lines import Text
from wenma.sources.outline import outline

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
