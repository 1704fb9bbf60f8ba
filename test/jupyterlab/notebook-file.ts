/** One cell of a notebook's file. */
export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id: string;
  readonly metadata: object;
  readonly source: string | readonly string[];
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
}

export interface Output {
  readonly output_type: "execute_result" | "display_data" | "stream" | "error";
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
  readonly text?: string | readonly string[];
  readonly ename?: string;
  readonly evalue?: string;
}

export interface NotebookFile {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly kernelspec?: { readonly name: string }; readonly widgets?: object };
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** A new notebook of our kernel, with these code cells. */
export function notebookOf(cells: readonly string[], kernel = "deconvnet"): NotebookFile {
  return {
    cells: cells.map((source, i) => ({
      cell_type: "code",
      id: `cell-${i}`,
      metadata: {},
      source,
      outputs: [],
      execution_count: null,
    })),
    metadata: {
      kernelspec: { name: kernel, display_name: kernel, language: "typescript" } as { name: string },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** The text of a source or an output, which a file holds as one string or as lines. */
export function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value ?? []).join("");
}
