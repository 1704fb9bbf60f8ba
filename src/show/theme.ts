import type { Theme } from "../image/map-colours.js";

/** The colours of stills and widgets by what they are for; contrasts are checked in both themes. */
export interface Colours {
  readonly page: string;
  readonly panel: string;
  readonly track: string;
  readonly text: string;
  readonly secondText: string;
  readonly hairline: string;
  readonly edge: string;
  readonly brand: string;
  readonly onBrand: string;
  readonly tint: string;
  readonly strongTint: string;
}

export const themes: Readonly<Record<Theme, Colours>> = {
  light: {
    page: "#ffffff",
    panel: "#f5f5f5",
    track: "#e8e8e8",
    text: "#1f1f1f",
    secondText: "#575757",
    hairline: "#d4d4d4",
    edge: "#8a8a8a",
    brand: "#1565c0",
    onBrand: "#ffffff",
    tint: "#dbe9f8",
    strongTint: "#a9cbef",
  },
  dark: {
    page: "#161616",
    panel: "#212121",
    track: "#303030",
    text: "#f0f0f0",
    secondText: "#b8b8b8",
    hairline: "#424242",
    edge: "#8e8e8e",
    brand: "#64b5f6",
    onBrand: "#0b1520",
    tint: "#17324c",
    strongTint: "#2b5d8c",
  },
};

/** Three sizes of type, in CSS pixels: size and distance of lines. */
export const type = {
  title: { size: 20, line: 28 },
  sentence: { size: 15, line: 22 },
  small: { size: 13, line: 18 },
} as const;

/** Distances in CSS pixels: around the page, between panels, inside a group. */
export const space = { page: 16, panels: 12, group: 8 } as const;
