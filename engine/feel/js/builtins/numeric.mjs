// Functions on numbers.
import * as numbers from '../numbers.mjs';
import { define } from './define.mjs';

const LARGEST_SCALE = 6176;
const rounded = mode => (number, scale) => {
  const places = scale === undefined ? 0 : numbers.count(scale);
  return Math.abs(places) > LARGEST_SCALE ? null : numbers.round(number, mode, places);
};
const isEven = number => numbers.isInteger(number) && numbers.modulo(number, 2) === 0;
const isOdd = number => numbers.isInteger(number) && !isEven(number);
const positive = duration => (duration.size < 0 ? new duration.constructor(-duration.size) : duration);
const SIZED = ['n: years and months duration', 'n: days and time duration'];

export const numeric = [
  define('decimal', 'n: number, scale: number', rounded('half even')),
  define('floor', 'n: number, scale?: number', rounded('floor')),
  define('ceiling', 'n: number, scale?: number', rounded('ceiling')),
  define('round up', 'n: number, scale: number', rounded('up')),
  define('round down', 'n: number, scale: number', rounded('down')),
  define('round half up', 'n: number, scale: number', rounded('half up')),
  define('round half down', 'n: number, scale: number', rounded('half down')),
  define('abs', 'n: number', numbers.abs, ...SIZED.map(signature => [signature, positive])),
  define('modulo', 'dividend: number, divisor: number', numbers.modulo),
  define('sqrt', 'number: number', numbers.sqrt),
  define('log', 'number: number', numbers.log),
  define('exp', 'number: number', numbers.exp),
  define('odd', 'number: number', isOdd),
  define('even', 'number: number', isEven),
];

