/** One number of a lesson's picture: the model's panel, which of its matrices, and where in it. */
export interface PanelCell {
  readonly panel: string;
  readonly map: number;
  readonly y: number;
  readonly x: number;
}

export function sameCell(a: PanelCell | undefined, b: PanelCell | undefined): boolean {
  return a?.panel === b?.panel && a?.map === b?.map && a?.y === b?.y && a?.x === b?.x;
}
