// Who lives behind a door: in full, because they are of one's own assignment, and called with one tap.
import { dayAt } from "../../../kit/clock";
import { type Text, say, t } from "../../../kit/text";
import { Badge } from "../../../parts/parts";
import type { Household, Person } from "../../../work/assignment";
import { ageOn } from "../../../work/people";
import { Icon } from "../Icon";

const TAGS: Record<string, Text> = {
  living_alone: t("lives alone", "独居"),
  lives_alone: t("lives alone", "独居"),
  immobile: t("cannot move easily", "行动不便"),
  key: t("key person", "重点人员"),
};
const CATEGORIES: Record<string, Text> = {
  non_local: t("non-local", "外来"),
  passing: t("passing through", "过往"),
  no_fixed_home: t("no fixed home", "居无定所"),
};
const SEXES: Record<string, Text> = { m: t("man", "男"), f: t("woman", "女"), 男: t("man", "男"), 女: t("woman", "女") };

/** What a worker has to know of somebody before knocking, in words. Tags that carry a value ("vaccinated:…") are for rules, not for eyes. */
export function tagsOf(person: Person): string[] {
  const words = person.tags.filter((tag) => !tag.includes(":")).map((tag) => TAGS[tag] ?? tag);
  const category = CATEGORIES[person.category];
  return [...words, ...(category ? [category] : [])].map(say);
}

export function People(props: { home: Household; offset: string }) {
  const { home, offset } = props;
  return (
    <section>
      <h2>{say(t("Who lives here", "住户"))}</h2>
      {home.persons.length === 0 && <p class="card quiet">{say(t("No list names anybody here.", "名册中此户暂无人员。"))}</p>}
      <ul class="list people">
        {home.persons.map((person) => (
          <li key={person.code}>
            <div class="line">
              <One person={person} offset={offset} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function One(props: { person: Person; offset: string }) {
  const { person } = props;
  const age = ageOn(person.born, dayAt(props.offset))?.most; // a year of birth alone
  const sex = SEXES[person.sex];
  const facts = [person.relation, sex && say(sex), age === undefined ? "" : say(t("{n} years", "{n}岁", { n: age }))].filter(Boolean);
  const phones = person.phone.split(";").filter(Boolean);
  return (
    <>
      <div class="grow">
        <span class="strong">{person.name || say(t("Name not known", "姓名不详"))}</span> <span class="small quiet">{facts.join(" · ")}</span>
        <div class="row wrap tags">
          {tagsOf(person).map((tag) => (
            <Badge key={tag} tone="watch">
              {tag}
            </Badge>
          ))}
        </div>
      </div>
      {phones.map((phone) => (
        <a
          key={phone}
          class="button call"
          href={`tel:${phone}`}
          aria-label={say(t("Call {name}, {phone}", "拨打 {name} 电话 {phone}", { name: person.name, phone }))}
        >
          <Icon sign="call" />
        </a>
      ))}
    </>
  );
}
