/** One question that a benchmark answers; each has its own file in `questions/`, whose name is the question's. */
export interface Question {
  /** What one wants to know, in a sentence. */
  readonly asks: string;
  /** What the figures include and leave out. */
  readonly method: string;
  /** Measures. Throws where what was measured did not do its work: figures of a failed run are worth nothing. */
  answer(options: BenchOptions): Promise<readonly Row[]>;
}

export interface BenchOptions {
  /** How long to watch what depends on time; questions that do not, ignore it. */
  readonly seconds: number;
}

/** One line of the answer: the same columns in every row of a question; units stand in the names. */
export type Row = Readonly<Record<string, string | number>>;

/** What is written as JSON. */
export interface BenchResult {
  readonly version: 1;
  readonly question: string;
  readonly asks: string;
  readonly method: string;
  readonly measuredAt: string;
  readonly machine: {
    readonly cpu: string;
    readonly cpus: number;
    readonly node: string;
    readonly os: string;
    /** Of the minute before the end: programs that ran or wanted to. Well above that of the question itself: the machine was busy with others. */
    readonly load: number;
  };
  readonly options: BenchOptions;
  readonly rows: readonly Row[];
}
