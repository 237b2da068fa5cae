export { Revealable } from "./Revealable";
