// The line at every screen's foot: in words, what is not yet sent.
import { type Text, say, t } from "../kit/text";
import type { Sending } from "../sync/sending";
import { enrolAgain } from "../work/duty";
import { useSending } from "./hooks";
import { Button } from "./parts";
import { act } from "./press";
import { go } from "./route";

export function sendingWords(sending: Sending): Text {
  const at = sending.sentAt ? new Date(sending.sentAt).toTimeString().slice(0, 5) : "";
  const n = sending.unsent;
  if (n === 0) return at ? t("Everything is sent, {at}", "已全部上传，{at}", { at }) : t("Nothing recorded yet", "尚无登记");
  const waits = n === 1 ? "1 record waits to be sent" : `${n} records wait to be sent`;
  return at ? t(`${waits}, last contact {at}`, "{n} 条待上传，上次联网 {at}", { at, n }) : t(`${waits}`, "{n} 条待上传", { n });
}

/** Where the server knows this phone no more, the clerk can enrol it again. */
export function EnrolAgain(props: { trouble: Sending["trouble"] }) {
  if (props.trouble !== "revoked" && props.trouble !== "unknown") return null;
  return <Button onPress={() => act(enrolAgain())}>{say(t("Enrol this phone again", "重新登记本机"))}</Button>;
}

export function SendingLine() {
  const sending = useSending();
  if (!sending) return null;
  const wrong = ["revoked", "unknown", "card", "format", "room"].includes(sending.trouble) || sending.lost.length > 0;
  return (
    <button type="button" class={`foot ${wrong ? "trouble" : sending.unsent ? "waits" : ""}`} onClick={() => go("sending")}>
      <span>{say(sendingWords(sending))}</span>
      <span class="nowrap">{say(sending.busy ? t("sending …", "上传中…") : t("Details ›", "详情 ›"))}</span>
    </button>
  );
}
