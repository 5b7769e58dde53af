"""What can be said of a notice: it went out."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Time, Words
from closeknit.ledger.kinds import Said, kind


class Purpose(Code):
    """What a notice is for."""

    BULLETIN = "bulletin", "Bulletin of the day", "日通报"
    GAPS = "gaps", "What is left, by village", "未落实情况"
    REMINDER = "reminder", "Reminder before the cut-off", "报送提醒"
    BUSINESS = "business", "Daily word to businesses", "市场主体每日提醒"
    THANKS = "thanks", "Thanks", "致谢"
    OTHER = "other", "Other", "其他"


class Way(Code):
    """By what it went out."""

    WECOM = "wecom", "WeCom group robot", "企业微信群机器人"
    DINGTALK = "dingtalk", "DingTalk group robot", "钉钉群机器人"
    FEISHU = "feishu", "Feishu group robot", "飞书群机器人"
    EMAIL = "email", "E-mail", "电子邮件"
    SMS = "sms", "SMS by template", "模板短信"
    COPY = "copy", "Copied by hand (WeChat)", "人工复制（微信群）"


@kind(
    "notices.sent",
    Text("Notice sent", "通知发出"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"channel": "wecom", "purpose": "reminder", "text_hash": "9f86d081884c7d65", "message": "019ae5f0-0001", "recipients": 40},),
)
class Sent(Said):
    """A notice went out on a channel. Its text is told apart by its hash; no person stands in it."""

    channel: Annotated[Way, Field(Text("Channel", "渠道"))]
    purpose: Annotated[Purpose, Field(Text("Purpose", "用途"))]
    text_hash: Annotated[Words, Field(Text("Hash of the text", "文本摘要"))]
    message: Annotated[Words, Field(Text("Message", "通知编号"))] = ""
    group: Annotated[Words, Field(Text("Group", "群或名单"))] = ""
    day: Annotated[Time, Field(Text("Day", "日期"))] = ""
    recipients: Annotated[Count, Field(Text("Recipients", "接收人数"))] = 0

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.message
