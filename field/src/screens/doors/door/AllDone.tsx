// No door is left that was never visited: what came of the round, and the rest by reason.
import { say, t } from "../../../kit/text";
import { Badge, Button, Page } from "../../../parts/parts";
import { back, instead } from "../../../parts/route";
import { Gone } from "../Gone";
import { Icon } from "../Icon";
import { STATES } from "../../../work/sweep/states";
import { doorAfter } from "../../../work/sweep/sweep";
import { useSweep } from "../sweep/useSweep";
import { useCalm } from "./Outcomes";

export function AllDone(props: { args: Record<string, string> }) {
  const { sweep, ready } = useSweep(props.args.campaign);
  const waits = useCalm(true);
  if (!ready) return null;
  if (!sweep) return <Gone />;
  const { tally, campaign } = sweep;
  const absent = tally.by.get("absent") ?? 0;
  const again = [...sweep.reach.values()].reduce((latest, { at }) => (at > latest ? at : latest), "");
  const first = doorAfter(sweep, undefined, again);
  return (
    <Page title={t("Every door visited", "全部走访一遍")}>
      <div class="card center stack">
        <Icon sign="met" />
        <p class="big">{say(t("{done} of {due} doors done", "已完成 {done} / {due} 户", { done: tally.done, due: tally.due }))}</p>
        <p>{say(tally.tried ? t("Thank you. What is left:", "辛苦了！其余各户：") : t("Thank you. Nothing is left.", "辛苦了！本轮走访全部完成。"))}</p>
        <ul class="stack">
          {[...tally.by].filter(([state]) => STATES[state].filter === "tried").map(([state, count]) => (
            <li key={state}>
              <Badge tone={STATES[state].tone}>
                <Icon sign={state} /> {say(STATES[state].word)}
              </Badge>{" "}
              {say(t("{n}", "{n} 户", { n: count }))}
            </li>
          ))}
        </ul>
      </div>
      <div class="stack">
        {absent > 0 && first && (
          <Button
            kind="primary wide"
            disabled={waits}
            onPress={() => instead("door", { campaign: campaign.code, household: first, again })}
          >
            {say(t("Visit again where nobody was home ({n})", "再访无人在家的 {n} 户", { n: absent }))}
          </Button>
        )}
        <Button kind="wide" disabled={waits} onPress={back}>
          {say(t("To the list of doors", "返回走访名单"))}
        </Button>
      </div>
    </Page>
  );
}
