// Every screen by its name; what a place in the app may be.
import type { FunctionComponent } from "preact";
import { KindForm } from "../forms/Form";
import { DOORS } from "./doors";
import { Home } from "./Home";
import { HandOver, More } from "./More";
import { Records } from "./Records";
import { Sending } from "./Sending";
import { Gate } from "./gate/Gate";
import { Leaving } from "./sampling/Leaving";
import { Sampling } from "./sampling/Sampling";
import { Deliveries } from "./tasks/Deliveries";
import { Isolation } from "./tasks/Isolation";

export const SCREENS: Record<string, FunctionComponent<{ args: Record<string, string> }>> = {
  ...DOORS,
  home: Home,
  form: KindForm,
  more: More,
  handover: HandOver,
  records: Records,
  sending: Sending,
  gate: Gate,
  sampling: Sampling,
  tubes: Leaving,
  deliveries: Deliveries,
  isolation: Isolation,
};
