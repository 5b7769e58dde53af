// The order of walking within a group, changed with two taps: this door, and before which other.
import { useState } from "preact/hooks";
import { say, t } from "../../kit/text";
import { Button, LongList, Page } from "../../parts/parts";
import { act } from "../../parts/press";
import type { Household } from "../../work/assignment";
import { Gone } from "./Gone";
import { Icon } from "./Icon";
import { moved, rearranged } from "../../work/sweep/order";
import { doorName, sectionName } from "../../work/sweep/sections";
import { areaShown } from "../../work/sweep/sweep";
import { useSweep } from "./sweep/useSweep";
import { changeWalk } from "./sweep/walk";

export function Order(props: { args: Record<string, string> }) {
  const { sweep, ready } = useSweep(props.args.campaign);
  const [picked, setPicked] = useState<string | undefined>(undefined);
  if (!ready) return null;
  const section = sweep?.sections.find((each) => each.key === props.args.section);
  if (!sweep || !section) return <Gone />;
  const codes = section.homes.map((home) => home.code);
  const put = (code: string, before: string | undefined) => act(changeWalk((walk) => rearranged(walk, moved(codes, code, before))));
  const press = (code: string) => {
    if (picked && picked !== code) put(picked, code);
    setPicked(picked ? undefined : code);
  };
  const name = picked && doorName(section.homes.find((home) => home.code === picked)!);
  return (
    <Page
      title={t(
        `Order: ${sectionName(section, areaShown(sweep.sections) ? sweep.assignment.areaName(section.area) : "").en}`,
        `走访顺序：${sectionName(section, "").zh}`,
      )}
    >
      <div class="doors">
        <p class="card" role="status">
          {say(
            name
              ? t("{name}: press the door before which it is walked.", "已选 {name}，请点应排在其后的一户。", { name })
              : t("Press the door that shall move. ▲ and ▼ move it by one.", "请点要移动的一户；▲▼ 逐户移动。"),
          )}
        </p>
        {picked && (
          <Button
            kind="wide"
            onPress={() => {
              put(picked, undefined);
              setPicked(undefined);
            }}
          >
            {say(t("To the end", "排到最后"))}
          </Button>
        )}
        <div class="lines">
          <LongList
            items={section.homes}
            height={80}
            keyOf={(home) => home.code}
            label={say(t("Doors in walking order", "按走访顺序排列的住户"))}
            line={(home) => (
              <Place home={home} place={codes.indexOf(home.code)} codes={codes} picked={picked} onPress={press} onPut={put} />
            )}
          />
        </div>
      </div>
    </Page>
  );
}

function Place(props: {
  home: Household;
  place: number;
  codes: string[];
  picked: string | undefined;
  onPress: (code: string) => void;
  onPut: (code: string, before: string | undefined) => void;
}) {
  const { home, place, codes } = props;
  const name = doorName(home);
  return (
    <div class={`doorline ${props.picked === home.code ? "picked" : ""}`} data-place={place + 1} data-door={home.code}>
      <button type="button" class="grow pick" aria-pressed={props.picked === home.code} onClick={() => props.onPress(home.code)}>
        <b>{place + 1}</b> <Icon sign="move" /> <span class="one">{name}</span>
      </button>
      <Button
        kind="plain"
        disabled={place === 0}
        label={say(t("{name} up", "{name} 上移", { name }))}
        onPress={() => props.onPut(home.code, codes[place - 1])}
      >
        ▲
      </Button>
      <Button
        kind="plain"
        disabled={place === codes.length - 1}
        label={say(t("{name} down", "{name} 下移", { name }))}
        onPress={() => props.onPut(home.code, codes[place + 2])}
      >
        ▼
      </Button>
    </div>
  );
}
