/** What a judge has been handed beside messages: the directory and the rosters in force, attached once, and none of those before. */
import type { Directory } from '../directory/directory.js';
import { attachDirectory } from '../directory/image.js';
import { Rosters } from '../roster/rosters.js';
import type { Known } from './pool.js';

export interface AtHand {
  readonly directory: Directory | undefined;
  readonly rosters: Rosters | undefined;
}

export class Attached {
  private directory: Directory | undefined;
  private rosters: Rosters | undefined;

  /** Throws where something cannot be attached: no verdict then. */
  of({ directory, rosters }: Known): AtHand {
    if (directory !== undefined && this.directory?.digest !== directory.digest)
      this.directory = attachDirectory(directory);
    if (rosters !== undefined && this.rosters?.digest !== rosters.digest) {
      // The memory of the ones before is let go of first, unless it is the same.
      const before = this.rosters?.isBuiltAs(rosters) ? this.rosters : undefined;
      this.rosters = undefined;
      this.rosters = new Rosters(rosters, before);
    }
    return { directory: directory && this.directory, rosters: rosters && this.rosters };
  }
}
