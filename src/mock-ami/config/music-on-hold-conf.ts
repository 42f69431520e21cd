import type { ConfFile } from './conf-file.ts';
import { ConfValues } from './conf-values.ts';

export interface MusicClassConf {
  readonly name: string;
  readonly mode: string;
  readonly directory: string;
  /** Digit by which a caller chooses the class; empty: none. */
  readonly digit: string;
}

/** musiconhold.conf. */
export function readMusicOnHoldConf(conf: ConfFile): ReadonlyMap<string, MusicClassConf> {
  const categories = conf.categories.filter(
    (category) => !category.template && category.name.toLowerCase() !== 'general',
  );
  return new Map(
    categories.map((category) => {
      const values = new ConfValues(category);
      const music = {
        mode: values.text('mode') ?? '',
        directory: values.text('directory') ?? '',
        digit: values.text('digit') ?? '',
      };
      return [category.name, { name: category.name, ...music }];
    }),
  );
}
