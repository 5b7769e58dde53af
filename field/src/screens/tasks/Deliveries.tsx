// Packs to deliver, door by door: one tap says that all of it came.
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Badge, Bar, Button, Empty, Page, usePieces } from "../../parts/parts";
import { act, useBusy } from "../../parts/press";
import { go } from "../../parts/route";
import { saved } from "../../parts/toast";
import type { Assignment } from "../../work/assignment";
import * as duty from "../../work/duty";
import type { Delivery } from "../../work/tasks";
import { areaOf } from "../../forms/Form";
import { Call, whoOf } from "./Call";
import { useDeliveries } from "./Cards";

const DELIVERED = "supplies.delivered";
const PACKS: Record<string, Text> = {
  vegetable: t("Vegetable pack", "蔬菜包"),
  meat: t("Meat pack", "肉类包"),
  fruit: t("Fruit pack", "水果包"),
  oil_rice: t("Oil and rice pack", "粮油包"),
};

export function Deliveries() {
  const { assignment } = useDuty();
  const all = useDeliveries();
  const open = all.filter((each) => each.left > 0);
  const [shown, more] = usePieces([...open, ...all.filter((each) => each.left <= 0)]);
  return (
    <Page title={t("Deliveries", "物资配送")}>
      <Bar done={all.length - open.length} cannot={0} due={all.length} />
      {!open.length && <Empty text={t("Nothing is left to deliver.", "物资已全部送达。")} />}
      {shown.map((each) => (
        <Line key={`${each.household}|${each.person}|${each.pack}`} delivery={each} assignment={assignment} />
      ))}
      {more}
    </Page>
  );
}

function Line(props: { delivery: Delivery; assignment: Assignment }) {
  const { delivery, assignment } = props;
  const { household, person, pack, left } = delivery;
  const [busy, during] = useBusy();
  const about = { ...(household ? { household } : {}), ...(person ? { person } : {}) };
  const { name, where, phone } = whoOf(assignment, household, person);
  const what = say(PACKS[pack] ?? pack);
  const all = t("Delivered: {name}, {what} × {n}", "已送达：{name}，{what} × {n}", { name, what, n: left });
  const otherwise = () => go("form", { kind: DELIVERED, ...about, data: JSON.stringify({ pack, quantity: left }) });
  const deliver = () => during(async () => {
    const kept = await duty.say({ kind: DELIVERED, area: areaOf(about, {}, assignment), ...about, data: { pack, quantity: left } });
    saved(t("{name}: delivered", "{name}：已送达", { name }), [kept]);
  });
  return (
    <section class="card" data-target={household || person}>
      <div class="row">
        <span class="grow">
          <span class="strong">{name}</span>
          <br />
          <span class="small quiet">{where}</span>
        </span>
        <Call name={name} phone={phone} />
      </div>
      <div class="row spread wrap">
        <span class="strong">{left > 0 ? `${what} × ${left}` : what}</span>
        {left <= 0 && <Badge tone="good">{say(t("Delivered today", "今日已送达"))}</Badge>}
      </div>
      {left > 0 && assignment.shapes.has(DELIVERED) && (
        <div class="choices">
          <Button kind="primary" onPress={() => act(deliver())} disabled={busy} label={say(all)}>
            {say(t("Delivered", "已送达"))}
          </Button>
          <Button onPress={otherwise} label={say(t("Otherwise: {name}", "其他情况：{name}", { name }))}>
            {say(t("Another quantity, or handed to…", "数量不同或他人代收"))}
          </Button>
        </div>
      )}
    </section>
  );
}
