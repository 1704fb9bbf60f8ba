export { count, ordinal, percent, several, shortNumber, sides } from "../../src/show/number.js";
