// Who isolates, and who of them was seen in this half of the day.
import { dayTimeAt, now } from "../../kit/clock";
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Badge, Bar, Button, Empty, Page, usePieces } from "../../parts/parts";
import { go } from "../../parts/route";
import type { Assignment } from "../../work/assignment";
import { type Visit, periodAt } from "../../work/tasks";
import { Call, whoOf } from "./Call";
import { useVisits } from "./Cards";

const CHECKED = "isolation.checked";
const PERIODS: Record<string, Text> = { morning: t("Seen this morning", "早间已测"), evening: t("Seen this evening", "晚间已测") };

export function Isolation() {
  const { assignment } = useDuty();
  const all = useVisits();
  const open = all.filter((each) => !each.isDone);
  const [shown, more] = usePieces([...open, ...all.filter((each) => each.isDone)]);
  return (
    <Page title={t("Isolation visits", "隔离健康监测")}>
      <Bar done={all.length - open.length} cannot={0} due={all.length} />
      {!open.length && <Empty text={t("Everybody has been seen for now.", "当前时段已全部完成。")} />}
      {shown.map((each) => (
        <Line key={each.person} visit={each} isDone={each.isDone} assignment={assignment} />
      ))}
      {more}
    </Page>
  );
}

function Line(props: { visit: Visit; isDone: boolean; assignment: Assignment }) {
  const { visit, isDone, assignment } = props;
  const { offset } = assignment.pack;
  const { name, where, phone } = whoOf(assignment, "", visit.person);
  const until = visit.until.length === 10 ? visit.until.slice(5) : dayTimeAt(offset, visit.until);
  const facts = [where, measureOf(visit, assignment), say(t("until {time}", "截止 {time}", { time: until }))].filter(Boolean);
  const check = () => go("form", { kind: CHECKED, person: visit.person, data: JSON.stringify({ period: periodAt({ offset, now: now() }) }) });
  return (
    <section class="card" data-target={visit.person}>
      <div class="row">
        <span class="grow">
          <span class="strong">{name}</span>
          <br />
          <span class="small quiet">{facts.join(" · ")}</span>
        </span>
        <Call name={name} phone={phone} />
      </div>
      <div class="row spread wrap">
        <span>
          {visit.periods.map((each) => (
            <Badge key={each} tone="good">
              {say(PERIODS[each] ?? each)}
            </Badge>
          ))}
        </span>
        {assignment.shapes.has(CHECKED) && (
          <Button kind={isDone ? "" : "primary"} onPress={check} label={say(t("Record a reading: {name}", "登记监测：{name}", { name }))}>
            {say(isDone ? t("Once more", "再次登记") : t("Record a reading", "登记监测"))}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The measure in the words of the order's own form. */
function measureOf(visit: Visit, assignment: Assignment): string {
  const field = assignment.shapes.get("isolation.ordered")?.fields.find((each) => each.name === "measure");
  const label = field?.choices.find(([code]) => code === visit.measure)?.[1];
  return label ? say(label) : "";
}
