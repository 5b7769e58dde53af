// Doors as a list in walking order, under the name of their group: only what is in sight is drawn.
import { useLayoutEffect, useRef } from "preact/hooks";
import { say, t } from "../../kit/text";
import { Badge, Button, LongList } from "../../parts/parts";
import { go } from "../../parts/route";
import type { Household } from "../../work/assignment";
import { Icon } from "./Icon";
import { type Section, sectionName } from "../../work/sweep/sections";
import { STATES } from "../../work/sweep/states";
import { type Sweep, areaShown } from "../../work/sweep/sweep";
import { type View, note } from "./sweep/view";

export type Line = { section: Section; home?: undefined } | { home: Household; section?: undefined };

/** A heading for each section that has a door to show, and its doors. */
export function linesOf(sections: Section[], isWanted: (code: string) => boolean): Line[] {
  return sections.flatMap((section) => {
    const homes = section.homes.filter((home) => isWanted(home.code));
    return homes.length ? [{ section }, ...homes.map((home) => ({ home }))] : [];
  });
}

export function Lines(props: { sweep: Sweep; lines: Line[]; view: View | undefined }) {
  const { sweep, view } = props;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const scroller = box.current?.querySelector(".scroller");
    if (scroller && view?.scrolled) scroller.scrollTop = view.scrolled;
  }, []);
  const scrolled = (event: Event) => view && note(sweep.campaign.code, { scrolled: (event.target as HTMLElement).scrollTop });
  return (
    <div class="lines" ref={box} onScrollCapture={scrolled}>
      <LongList
        items={props.lines}
        height={80}
        keyOf={(line) => (line.home ? line.home.code : line.section.key)}
        label={say(t("Doors", "住户名单"))}
        line={(line) => (line.home ? <DoorLine sweep={sweep} home={line.home} /> : <Heading sweep={sweep} section={line.section} />)}
      />
    </div>
  );
}

function Heading(props: { sweep: Sweep; section: Section }) {
  const { sweep, section } = props;
  const left = section.homes.filter((home) => sweep.states.get(home.code) === "todo").length;
  const name = say(sectionName(section, areaShown(sweep.sections) ? sweep.assignment.areaName(section.area) : ""));
  return (
    <div class="row heading">
      <div class="grow">
        <h2 class="one">{name}</h2>
        <p class="small two-lines">
          {say(t("{all} doors, {left} not visited", "{all} 户，未走访 {left} 户", { all: section.homes.length, left }))}
        </p>
      </div>
      <Button
        kind="plain"
        label={say(t("Change the order, {name}", "调整顺序，{name}", { name }))}
        onPress={() => go("order", { campaign: sweep.campaign.code, section: section.key })}
      >
        <Icon sign="move" /> <span class="word">{say(t("Order", "调整顺序"))}</span>
      </Button>
    </div>
  );
}

function DoorLine(props: { sweep: Sweep; home: Household }) {
  const { sweep, home } = props;
  const state = sweep.states.get(home.code)!;
  const where = [home.address, home.landmark].filter(Boolean).join(" · ");
  return (
    <button
      type="button"
      class="doorline"
      data-door={home.code}
      data-state={state}
      onClick={() => go("door", { campaign: sweep.campaign.code, household: home.code })}
    >
      <span class={`square ${state}`}>
        <Icon sign={state} />
      </span>
      <span class="grow">
        <span class="strong one">{home.head || where}</span>
        <span class="small quiet two-lines">{home.head ? where : ""}</span>
      </span>
      <Badge tone={STATES[state].tone}>{say(STATES[state].word)}</Badge>
    </button>
  );
}
