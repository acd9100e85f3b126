/** Break-glass: a provider who is named gives a reason, and is let past what would have to be explained afterwards. */
import { breakGlassUnitsMin } from '../limits.js';
import { Question } from './scanner.js';

export const brokeGlass = new Question(({ claims }): boolean => {
  const { breakGlass, provider } = claims;
  if (breakGlass === undefined || provider === undefined || provider.trim() === '') return false;
  return (breakGlass.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= breakGlassUnitsMin;
});
