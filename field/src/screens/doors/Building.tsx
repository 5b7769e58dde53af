// One stairway of a building: floors from the top down, a square for each flat, and a whole floor where nobody is home at once.
import { useState } from "preact/hooks";
import { say, t } from "../../kit/text";
import { act } from "../../parts/press";
import { go } from "../../parts/route";
import type { Household } from "../../work/assignment";
import { Icon } from "./Icon";
import { emptyHanded } from "../../work/sweep/next";
import { type Floor, type Section, floorName, floorsOf, unitName } from "../../work/sweep/sections";
import { type Filter, STATES, isShown } from "../../work/sweep/states";
import { type Sweep, areaShown } from "../../work/sweep/sweep";
import { VISITED, keepVisits } from "./sweep/visit";
import { WholeFloor } from "./WholeFloor";

export function Building(props: {
  sweep: Sweep;
  stairways: Section[];
  chosen: string | undefined;
  filter: Filter;
  onChoose: (section: string) => void;
}) {
  const { sweep, stairways, filter } = props;
  const left = (homes: Household[]) => homes.filter((home) => sweep.states.get(home.code) === "todo").length;
  const section = stairways.find((each) => each.key === props.chosen) ?? stairways.find((each) => left(each.homes) > 0) ?? stairways[0]!;
  const floors = floorsOf(section.homes).filter((floor) => floor.homes.some((home) => isShown(sweep.states.get(home.code)!, filter)));
  const [whole, setWhole] = useState<Floor | undefined>(undefined);
  const close = async (homes: Household[]) => {
    setWhole(undefined);
    if (homes.length) await keepVisits(sweep, homes, { outcome: "absent" }, () => undefined);
  };
  return (
    <>
      <Choice sweep={sweep} stairways={stairways} section={section} left={left} onChoose={props.onChoose} />
      {floors.length === 0 && <p class="card">{say(t("No door here is in this state.", "没有这类住户。"))}</p>}
      <ul class="floors">
        {floors.map((floor) => (
          <Row key={floor.floor} sweep={sweep} floor={floor} filter={filter} onWhole={() => setWhole(floor)} />
        ))}
      </ul>
      {whole && <WholeFloor sweep={sweep} floor={whole} homes={homesFor(sweep, whole)} onClose={(homes) => act(close(homes))} />}
    </>
  );
}

function homesFor(sweep: Sweep, floor: Floor): Household[] {
  const codes = new Set(emptyHanded(floor.homes.map((home) => home.code), (code) => sweep.states.get(code)));
  return floor.homes.filter((home) => codes.has(home.code));
}

/** Building, then unit: each with how many doors are left in it. */
function Choice(props: {
  sweep: Sweep;
  stairways: Section[];
  section: Section;
  left: (homes: Household[]) => number;
  onChoose: (section: string) => void;
}) {
  const { sweep, stairways, section, left } = props;
  const house = (each: Section) => `${each.area}|${each.building}`;
  const houses = [...new Map(stairways.map((each) => [house(each), each])).values()];
  const units = stairways.filter((each) => house(each) === house(section));
  const several = areaShown(sweep.sections);
  const named = (name: string, homes: Household[]) => say(t("{name} ({n} left)", "{name} 余{n}户", { name, n: left(homes) }));
  const homesIn = (each: Section) => stairways.filter((other) => house(other) === house(each)).flatMap((other) => other.homes);
  const toHouse = (key: string) => {
    const inside = stairways.filter((each) => house(each) === key);
    props.onChoose((inside.find((each) => left(each.homes) > 0) ?? inside[0]!).key);
  };
  return (
    <div class="choice">
      <select aria-label={say(t("Building", "楼栋"))} value={house(section)} onChange={(event) => toHouse(event.currentTarget.value)}>
        {houses.map((each) => (
          <option key={house(each)} value={house(each)}>
            {named((several ? `${sweep.assignment.areaName(each.area)} ` : "") + each.building, homesIn(each))}
          </option>
        ))}
      </select>
      {units.length > 1 && (
        <select aria-label={say(t("Unit", "单元"))} value={section.key} onChange={(event) => props.onChoose(event.currentTarget.value)}>
          {units.map((each) => (
            <option key={each.key} value={each.key}>
              {named(each.unit ? say(unitName(each.unit)) : say(t("no unit", "不分单元")), each.homes)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function Row(props: { sweep: Sweep; floor: Floor; filter: Filter; onWhole: () => void }) {
  const { sweep, floor } = props;
  const name = say(floorName(floor.floor));
  const count = homesFor(sweep, floor).length;
  return (
    <li class="floor" data-floor={floor.floor}>
      <span class="strong">{name}</span>
      <div class="flats">
        {floor.homes.map((home) => (
          <Flat key={home.code} sweep={sweep} home={home} faint={!isShown(sweep.states.get(home.code)!, props.filter)} />
        ))}
      </div>
      {sweep.assignment.shapes.has(VISITED) && (
        <button
          type="button"
          class="button whole"
          data-whole={floor.floor}
          disabled={count === 0}
          onClick={props.onWhole}
          aria-label={say(t("{floor}: nobody home on this floor, {n} doors", "{floor}：本层无人在家，{n} 户", { floor: name, n: count }))}
        >
          {say(t("None home", "本层无人"))}
        </button>
      )}
    </li>
  );
}

function Flat(props: { sweep: Sweep; home: Household; faint: boolean }) {
  const { sweep, home } = props;
  const state = sweep.states.get(home.code)!;
  return (
    <button
      type="button"
      class={`square flat ${props.faint ? "faint" : state}`}
      data-door={home.code}
      data-state={state}
      aria-label={[home.flat, home.head, say(STATES[state].word)].filter(Boolean).join(say(t(", ", "，")))}
      onClick={() => go("door", { campaign: sweep.campaign.code, household: home.code })}
    >
      <span>{home.flat}</span>
      <Icon sign={state} />
    </button>
  );
}
