// The cards of today that are no campaign: packs to deliver, people who isolate, one's own shift.
import { useMemo } from "preact/hooks";
import { meant, now, timeAt } from "../../kit/clock";
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Bar, Button } from "../../parts/parts";
import { act, useBusy } from "../../parts/press";
import { go } from "../../parts/route";
import { saved } from "../../parts/toast";
import type { Assignment } from "../../work/assignment";
import * as duty from "../../work/duty";
import { type Delivery, type Visit, deliveriesOf, periodAt, shiftOf, visitsOf } from "../../work/tasks";

const IN = "workforce.signed_in";
const OUT = "workforce.signed_out";

/** What is to deliver, as it stands now. */
export function useDeliveries(): Delivery[] {
  const { assignment, own } = useDuty();
  const { offset } = assignment.pack;
  return useMemo(() => (assignment.does("deliveries") ? deliveriesOf(assignment.deliveries, own, { offset, now: now() }) : []), [assignment, own]);
}

/** Who is to be visited, and whether they were in this half of the day. */
export function useVisits(): (Visit & { isDone: boolean })[] {
  const { assignment, own } = useDuty();
  const day = { offset: assignment.pack.offset, now: now() };
  const period = periodAt(day);
  const visits = useMemo(() => (assignment.does("isolation") ? visitsOf(assignment.isolation, own, day) : []), [assignment, own, period]);
  return visits.map((each) => ({ ...each, isDone: each.periods.includes(period) }));
}

export function TaskCards() {
  const { assignment } = useDuty();
  const deliveries = useDeliveries();
  const visits = useVisits();
  const delivered = deliveries.filter((each) => each.left <= 0).length;
  const seen = visits.filter((each) => each.isDone).length;
  return (
    <>
      <TaskCard screen="deliveries" title={t("Deliveries", "物资配送")} due={deliveries.length} done={delivered} />
      <TaskCard screen="isolation" title={t("Isolation visits", "隔离健康监测")} due={visits.length} done={seen} />
      {assignment.shapes.has(IN) && <Shift assignment={assignment} />}
    </>
  );
}

function TaskCard(props: { screen: string; title: Text; due: number; done: number }) {
  const { due, done } = props;
  if (!due) return null;
  return (
    <button type="button" class="card" onClick={() => go(props.screen)}>
      <h2 style={{ margin: 0 }}>{say(props.title)}</h2>
      <Bar done={done} cannot={0} due={due} />
      <div class="numbers">
        <span>
          <b>{done}</b> {say(t("done", "已完成"))}
        </span>
        <span>
          <b>{due - done}</b> {say(t("to do", "未完成"))}
        </span>
      </div>
    </button>
  );
}

function Shift(props: { assignment: Assignment }) {
  const { assignment } = props;
  const { own, card } = useDuty();
  const [busy, during] = useBusy();
  const { offset } = assignment.pack;
  const since = shiftOf(own, card?.m ?? "", { offset, now: now() });
  if (!since) {
    return (
      <section class="card row wrap">
        <span class="grow strong">{say(t("My shift", "我的班次"))}</span>
        <Button onPress={() => go("form", { kind: IN })}>{say(t("Sign in", "签到"))}</Button>
      </section>
    );
  }
  const where = assignment.place(since.place ?? "")?.name;
  const leave = () => during(async () => {
    const kept = await duty.say({ kind: OUT, area: since.area, ...(since.place ? { place: since.place } : {}), data: {} });
    saved(t("Signed out", "已签退"), [kept]);
  });
  return (
    <section class="card row wrap">
      <span class="grow">
        <span class="strong">{say(t("Signed in since {time}", "{time} 已签到", { time: timeAt(offset, meant(since)) }))}</span>
        <br />
        <span class="small quiet">{[String(since.data.post ?? ""), where].filter(Boolean).join(" · ")}</span>
      </span>
      {assignment.shapes.has(OUT) && (
        <Button onPress={() => act(leave())} disabled={busy}>
          {say(t("Sign out", "签退"))}
        </Button>
      )}
    </section>
  );
}
