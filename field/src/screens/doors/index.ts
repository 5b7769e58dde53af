// The screens of doors and of other targets, by name.
import "./doors.css";
import { AllDone } from "./door/AllDone";
import { Door } from "./door/Door";
import { Doors } from "./Doors";
import { Found } from "./Found";
import { Met } from "./door/Met";
import { Order } from "./Order";
import { Targets } from "./Targets";

export const DOORS = { doors: Doors, door: Door, met: Met, alldone: AllDone, found: Found, order: Order, patrol: Targets, list: Targets };
