// The doors of a sweep: by floors and flats where there are buildings, else by group and head of household; both where both are.
import { useMemo, useState } from "preact/hooks";
import { memo } from "../../kit/memo";
import { normal } from "../../kit/fold";
import { say, t } from "../../kit/text";
import { Button, Empty, Page } from "../../parts/parts";
import { go } from "../../parts/route";
import type { Household } from "../../work/assignment";
import { Building } from "./Building";
import { Gone } from "./Gone";
import { Lines, linesOf } from "./Lines";
import type { Section } from "../../work/sweep/sections";
import { type Filter, isShown } from "../../work/sweep/states";
import { type Sweep, doorAfter } from "../../work/sweep/sweep";
import { useSweep } from "./sweep/useSweep";
import { Filters } from "./Tally";
import { Times } from "./Times";
import { useView } from "./sweep/view";

export function Doors(props: { args: Record<string, string> }) {
  const { sweep, ready } = useSweep(props.args.campaign);
  if (!ready) return null;
  return sweep ? <Shown sweep={sweep} /> : <Gone />;
}

function Shown(props: { sweep: Sweep }) {
  const { sweep } = props;
  const { campaign, sections, tally } = sweep;
  const [words, setWords] = useState("");
  const [view, setView] = useView(campaign.code);
  const stairways = sections.filter((each) => each.building);
  const others = sections.filter((each) => !each.building);
  const next = doorAfter(sweep, undefined);
  const isNextFlat = stairways.some((section) => section.homes.some((home) => home.code === next));
  const flats = stairways.length > 0 && (others.length === 0 || (view.of ? view.of === "flats" : isNextFlat || next === undefined));
  const filter: Filter = view.filter ?? (flats ? "all" : "todo");
  const found = words.trim() ? { hits: matching(sections, normal(words)) } : undefined;
  const list = found ? found.hits : others;
  const lines = useMemo(() => linesOf(list, (code) => Boolean(found) || isShown(sweep.states.get(code)!, filter)), [sweep, words, filter]);
  return (
    <Page title={campaign.name || t("Doors", "敲门走访")} aside={<Add campaign={campaign.code} />}>
      <div class="doors">
        <Times campaign={campaign} offset={sweep.assignment.pack.offset} />
        <Filters tally={tally} chosen={filter} onChoose={(filter) => setView({ filter, scrolled: 0 })} />
        <div class="row tools">
          <input
            class="grow"
            type="search"
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
            aria-label={say(t("Search", "查找"))}
            placeholder={say(t("name, address, ID", "姓名、地址、证件号"))}
          />
          {next && (
            <Button kind="primary" onPress={() => go("door", { campaign: campaign.code, household: next })}>
              {say(t("Next ›", "下一户 ›"))}
            </Button>
          )}
        </div>
        {stairways.length > 0 && others.length > 0 && !found && <Switch flats={flats} onChoose={(of) => setView({ of })} />}
        {flats && !found ? (
          <Building
            sweep={sweep}
            stairways={stairways}
            chosen={view.section}
            filter={filter}
            onChoose={(section) => setView({ section })}
          />
        ) : lines.length ? (
          <Lines sweep={sweep} lines={lines} view={found ? undefined : view} />
        ) : (
          <Empty
            text={
              found
                ? t("Nobody and nothing on this phone answers to that.", "本机名单中未找到。")
                : filter === "todo"
                  ? t("Every door here was visited.", "这里各户都已走访。")
                  : t("No door here is in this state.", "没有这类住户。")
            }
          />
        )}
      </div>
    </Page>
  );
}

function Add(props: { campaign: string }) {
  return (
    <button
      type="button"
      data-add="household"
      aria-label={say(t("Add a household not on the list", "新增名册外住户"))}
      onClick={() => go("found", { what: "household", campaign: props.campaign })}
    >
      {say(t("+ Add", "＋ 新增"))}
    </button>
  );
}

function Switch(props: { flats: boolean; onChoose: (of: "flats" | "list") => void }) {
  return (
    <div class="filters two" role="group" aria-label={say(t("View", "查看方式"))}>
      <Button kind={props.flats ? "chosen" : ""} pressed={props.flats} onPress={() => props.onChoose("flats")}>
        {say(t("Buildings", "楼栋"))}
      </Button>
      <Button kind={props.flats ? "" : "chosen"} pressed={!props.flats} onPress={() => props.onChoose("list")}>
        {say(t("Houses", "村组及其他"))}
      </Button>
    </div>
  );
}

/** All that one might type of a door, folded once. */
const textsOf = memo((sections: Section[]) =>
  new Map(sections.flatMap((section) => section.homes.map((home) => [home.code, textOf(home)] as const))),
);

function textOf(home: Household): string {
  const people = home.persons.map((person) => `${person.folded} ${person.tail.toLowerCase()} ${person.phone}`);
  return [normal([home.head, home.address, home.landmark, home.code].join(" ")), ...people].join(" ");
}

function matching(sections: Section[], words: string): Section[] {
  const texts = textsOf(sections);
  return sections
    .map((section) => ({ ...section, homes: section.homes.filter((home) => texts.get(home.code)!.includes(words)) }))
    .filter((section) => section.homes.length);
}
