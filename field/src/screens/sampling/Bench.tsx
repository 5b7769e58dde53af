// The table on the screen: the answer, the camera that stays open, the open tube, and what was done in this shift.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { dayAt } from "../../kit/clock";
import { say, t } from "../../kit/text";
import { Answer } from "../../parts/Answer";
import { useDuty } from "../../parts/hooks";
import { Button, Page } from "../../parts/parts";
import { Scanner } from "../../scan/Scanner";
import type { Campaign } from "../../work/assignment";
import { holdOpen } from "../../work/idle";
import { type Stand, type Table, lastAct, ofTable } from "../../work/pool";
import { Desk, type Shown } from "./desk";
import { Find } from "./Find";
import { Menu } from "./Menu";
import { NewPerson } from "./NewPerson";
import { OpenTube, Tubes } from "./Tubes";
import { asked, poolName } from "./words";

/** The desk of a table, and what it shows now; `onStand` hears each change of what it waits for. */
function useDesk(campaign: Campaign, table: Table, area: string, props: { stand: Stand; onStand: (stand: Stand) => void }): [Desk, Shown] {
  const [shown, show] = useState<Shown | undefined>(undefined);
  const told = useRef(props.onStand);
  told.current = props.onStand;
  const desk = useMemo(() => {
    const made: Desk = new Desk(table, campaign, area, props.stand, (next) => {
      show(next);
      told.current(next.stand);
    });
    return made;
  }, [table]);
  return [desk, shown ?? desk.shown];
}

export function Bench(props: { campaign: Campaign; table: Table; stand: Stand; onStand: (stand: Stand) => void; change: () => void }) {
  const { assignment, own } = useDuty();
  const { campaign, table } = props;
  const site = assignment.place(table.place);
  const [desk, shown] = useDesk(campaign, table, site?.area ?? "", props);
  const [entering, enter] = useState<string | undefined>(undefined);
  useEffect(holdOpen, []);
  const { card, stand, offered, nobody } = shown;
  const pools = useMemo(() => desk.pools(), [own, desk]);
  const pool = pools.get(stand.tube);
  const name = (code: string) => desk.name(code);
  const today = dayAt(assignment.pack.offset);
  const mine = ofTable(pools, table).filter((each) =>
    each.swabs.some((swab) => dayAt(assignment.pack.offset, Date.parse(swab.at)) === today),
  );
  const act = lastAct(pools, table);
  const mayAdd = assignment.shapes.has("registry.found");
  const known = (code: string) => {
    enter(undefined);
    void desk.person(code);
  };
  return (
    <Page title={site?.name ?? t("Sampling at home", "上门采样")} aside={<span class="nowrap small">{say(poolName(table.size))}</span>}>
      <Answer
        stays
        card={card}
        otherwise={asked(stand.tube, stand.waiting, pool?.swabs.length ?? 0, pool?.size ?? table.size, name)}
        clear={(key) => desk.clear(key)}
      />
      <OpenTube pool={pool} tube={stand.tube} size={pool?.size ?? table.size} />
      <div class="pair">
        <Button onPress={() => void desk.undo()} disabled={!act && !stand.waiting}>
          <span class="cut">↶ {say(undoes(stand, act?.person ? name(act.person) : "", Boolean(act)))}</span>
        </Button>
        <Button onPress={() => pool && void desk.seal(pool)} disabled={!pool}>
          {say(pool ? t("Seal with {n}", "提前封管（{n}）", { n: pool.swabs.length }) : t("Seal early", "提前封管"))}
        </Button>
      </div>
      {entering === undefined ? (
        <Scanner small label="" onCode={(text) => void desk.scan(text)}>
          <Find forPeople={!stand.waiting} offered={offered} onPerson={known} onCode={(text) => void desk.scan(text)} />
          {mayAdd && !stand.waiting && (
            <Button kind={nobody ? "primary wide" : "plain wide"} onPress={() => enter(nobody)}>
              {say(t("In no list: a new person", "名单中没有：登记新人员"))}
            </Button>
          )}
        </Scanner>
      ) : (
        <NewPerson area={site?.area ?? assignment.worker?.area ?? ""} number={entering} onKnown={known} close={() => enter(undefined)} />
      )}
      <Tubes pools={mine} open={stand.tube} desk={desk} />
      <Menu table={table} change={props.change} />
    </Page>
  );
}

function undoes(stand: Stand, last: string, isAny: boolean) {
  if (stand.waiting) return t("Not this person", "取消此人");
  if (last) return t("Undo {name}", "撤销 {name}", { name: last });
  return isAny ? t("Undo the seal", "撤销封管") : t("Undo", "撤销");
}
