// One door: where it is, who lives there, what came of the last visit, and one tap for what comes of this one.
import { useState } from "preact/hooks";
import { dayTimeAt } from "../../../kit/clock";
import { say, t } from "../../../kit/text";
import { Badge, Button, Page } from "../../../parts/parts";
import { act } from "../../../parts/press";
import { go, instead } from "../../../parts/route";
import { toast } from "../../../parts/toast";
import type { Household } from "../../../work/assignment";
import { takeBack } from "../../../work/duty";
import { standing } from "../../../work/reached";
import { useDuty } from "../../../parts/hooks";
import { Gone } from "../Gone";
import { Icon } from "../Icon";
import { Outcomes } from "./Outcomes";
import { People } from "./People";
import { OnTheSpot } from "./OnTheSpot";
import { doorName } from "../../../work/sweep/sections";
import { STATES, type State } from "../../../work/sweep/states";
import { type Sweep, doorAfter } from "../../../work/sweep/sweep";
import { useSweep } from "../sweep/useSweep";
import { TallyLine } from "../Tally";
import { Times } from "../Times";
import { VISITED, keepVisits, placeAfter, returnTo } from "../sweep/visit";

export function Door(props: { args: Record<string, string> }) {
  const { args } = props;
  const { sweep, ready } = useSweep(args.campaign);
  const home = sweep?.assignment.households.get(args.household ?? "");
  if (!ready) return null;
  return sweep && home ? <Shown sweep={sweep} home={home} args={args} /> : <Gone />;
}

function Shown(props: { sweep: Sweep; home: Household; args: Record<string, string> }) {
  const { sweep, home, args } = props;
  const [busy, setBusy] = useState(false);
  const choose = async (outcome: State) => {
    if (outcome === "met") return go("met", { ...args, by: "" });
    setBusy(true);
    const next = placeAfter(sweep, home.code, args.again);
    if (await keepVisits(sweep, [home], { outcome }, returnTo(sweep, home, args.again))) instead(...next);
    else setBusy(false);
  };
  const skip = doorAfter(sweep, home.code, args.again);
  const maySay = sweep.assignment.shapes.has(VISITED);
  return (
    <Page title={doorName(home)}>
      <div class="door">
        <TallyLine tally={sweep.tally} />
        <Times campaign={sweep.campaign} offset={sweep.assignment.pack.offset} />
        <Where sweep={sweep} home={home} />
        {maySay && <Outcomes onChoose={(outcome) => act(choose(outcome))} busy={busy} calm={args.by === "itself"} />}
        <People home={home} offset={sweep.assignment.pack.offset} />
        <OnTheSpot sweep={sweep} home={home} args={args} />
        {skip && (
          <Button kind="plain wide" onPress={() => instead("door", { ...args, household: skip, by: "" })}>
            {say(t("Next door, without a record ›", "暂不登记，下一户 ›"))}
          </Button>
        )}
      </div>
    </Page>
  );
}

/** The address as one walks to it, and how the door stands. */
function Where(props: { sweep: Sweep; home: Household }) {
  const { sweep, home } = props;
  const state = sweep.states.get(home.code) ?? "todo";
  const reached = sweep.reach.get(home.code);
  return (
    <div class="card where">
      {home.address && <p class="strong">{home.address}</p>}
      {home.landmark && (
        <p class="row landmark">
          <Icon sign="landmark" />
          <span>{home.landmark}</span>
        </p>
      )}
      <p class="row wrap">
        <Badge tone={STATES[state].tone}>
          <Icon sign={state} /> {say(STATES[state].word)}
        </Badge>
        {reached && (
          <span class="small quiet">
            {dayTimeAt(sweep.assignment.pack.offset, reached.at)}
            {reached.tries > 1 && ` · ${say(t(`visit ${reached.tries}`, `第 ${reached.tries} 次`))}`}
          </span>
        )}
        {reached?.mine && <TakeBack home={home} />}
      </p>
    </div>
  );
}

/** After the ten seconds of the toast one's own last visit can still be taken back, from the door itself. */
function TakeBack(props: { home: Household }) {
  const { own } = useDuty();
  const last = standing(own).findLast(({ said }) => said.kind === VISITED && said.household === props.home.code);
  if (!last) return null;
  const withdraw = async () => {
    await takeBack(last, say(t("Taken back at the door", "在门口撤销")));
    toast(t("Taken back.", "已撤销。"));
  };
  return (
    <Button kind="plain" onPress={() => act(withdraw())}>
      {say(t("Take back", "撤销"))}
    </Button>
  );
}
