"""What became of an attempt, in words, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass

from closeknit.kit.text import Text


@dataclass(frozen=True)
class Outcome:
    """What an attempt came to: a code of WORDS, and the other side's own number."""

    code: str
    detail: str = ""

    @property
    def is_sent(self) -> bool:
        return self.code in ("sent", "printed")

    @property
    def is_tried_again(self) -> bool:
        """Whether nothing arrived and a later attempt may."""
        return self.code in ("rate_limited", "unreachable", "busy")


class Failed(Exception):
    """An attempt that came to nothing."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.outcome = Outcome(code, detail)


WORDS: Mapping[str, Text] = {
    "sent": Text("Sent.", "已发送。"),
    "printed": Text(
        "Printed on the server's console only: no mail server is set (CLOSEKNIT_MAIL_URL).",
        "仅输出到服务器控制台：未设置邮件服务器（CLOSEKNIT_MAIL_URL）。",
    ),
    "rate_limited": Text("The robot was used too often. It is tried again by itself.", "机器人发送过于频繁，稍后自动重试。"),
    "unreachable": Text("No connection. It is tried again by itself; look at the network.", "无法连接，将自动重试；请检查网络。"),
    "busy": Text("The other side has a fault. It is tried again by itself.", "对方服务故障，将自动重试。"),
    "tls": Text("The other side's certificate does not hold. Tell the administrator.", "对方证书校验失败，请联系管理员。"),
    "uncertain": Text(
        "Handed over, but no answer came: look in the group. If it is not there, press “Send again”.",
        "已提交但未收到回应：请到群内查看，如未收到请点“重新发送”。",
    ),
    "bad_key": Text(
        "The robot's address does not hold any more. Put the new address into the channel.", "机器人地址已失效，请在渠道中更换地址。"
    ),
    "signature": Text("The signature was refused. Put the robot's secret in anew.", "签名校验失败，请重新填写加签密钥。"),
    "keyword": Text(
        "The robot wants a word that the text lacks, or another sender. Change the robot's security setting, or the text.",
        "不符合机器人安全设置（关键词或 IP）。请修改机器人安全设置或文本。",
    ),
    "too_long": Text("Too long for this channel. Shorten it and send it anew.", "超出该渠道长度限制，请精简后重发。"),
    "refused": Text(
        "Refused by the other side ({detail}). Copy the text by hand, and tell the administrator.",
        "被对方拒绝（{detail}）。请人工复制发送，并联系管理员。",
    ),
    "blocked": Text(
        "This address is not allowed. Only the robots' own hosts are, and those of CLOSEKNIT_OUTGOING_HOSTS.",
        "不允许该地址。仅限机器人官方地址及 CLOSEKNIT_OUTGOING_HOSTS 中的地址。",
    ),
    "by_hand": Text("To be copied into the group by hand.", "待人工复制到群。"),
}  # fmt: skip


def words(code: str, detail: str = "") -> Text:
    """The outcome as people read it; empty words for what has not been tried."""
    return WORDS[code].format(detail=detail or "?") if code in WORDS else Text("Waiting.", "等待发送。")
