// A word where a campaign has not begun or is over: records count for it only within its time.
import { dayTimeAt, now } from "../../kit/clock";
import { say, t } from "../../kit/text";
import { Notice } from "../../parts/parts";
import type { Campaign } from "../../work/assignment";

export function Times(props: { campaign: Campaign; offset: string }) {
  const { from, to } = props.campaign;
  const time = (at: string) => ({ time: dayTimeAt(props.offset, at) });
  if (now() < Date.parse(from))
    return (
      <Notice tone="watch">
        {say(t("This begins {time}. What is recorded before does not count for it.", "本轮 {time} 开始，此前登记不计入。", time(from)))}
      </Notice>
    );
  if (now() >= Date.parse(to))
    return (
      <Notice tone="watch">
        {say(t("This ended {time}. What is recorded since does not count for it.", "本轮已于 {time} 结束，此后登记不计入。", time(to)))}
      </Notice>
    );
  return null;
}
