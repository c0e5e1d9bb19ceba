/** Kafka 4.3.1's own CompressionRatioEstimator and MemoryRecordsBuilder gave these numbers. */
import { expect, test } from 'vitest';
import {
  compressionRatio,
  estimatedBytesWritten,
  INITIAL_RATIO,
  updatedEstimation,
} from './compression-ratio-estimator.ts';

/** One topic, batch after batch: compressed bytes, plain bytes, the ratio seen, the estimation after it, the estimated size of such a batch. */
const BATCHES: readonly (readonly [number, number, number, number, number])[] = [
  [5000, 15000, 0.3333333432674408, 0.9950000047683716, 15732],
  [5000, 15000, 0.3333333432674408, 0.9900000095367432, 15653],
  [14000, 15000, 0.9333333373069763, 0.9850000143051147, 15574],
  [16000, 15000, 1.0666667222976685, 1.0666667222976685, 16861],
  [3000, 15545, 0.1929880976676941, 1.06166672706604, 17389],
  [3001, 15545, 0.19305242598056793, 1.0566667318344116, 17308],
  [15000, 15545, 0.9649404883384705, 1.0516667366027832, 17226],
  [15000, 15545, 0.9649404883384705, 1.0466667413711548, 17144],
  [40, 10, 4, 4, 103],
  [7, 7, 1, 3.994999885559082, 90],
  [100, 1000, 0.10000000149011612, 3.989999771118164, 4250],
  [2943, 15556, 0.1891874521970749, 3.984999656677246, 65151],
  [2956, 15557, 0.1900109201669693, 3.979999542236328, 65073],
  [2969, 15558, 0.19083429872989655, 3.97499942779541, 64996],
  [2982, 15559, 0.19165755808353424, 3.969999313354492, 64918],
  [2995, 15560, 0.19248071312904358, 3.964999198913574, 64841],
  [3008, 15561, 0.19330377876758575, 3.9599990844726562, 64763],
  [3021, 15562, 0.19412672519683838, 3.9549989700317383, 64686],
  [3034, 15563, 0.19494955241680145, 3.9499988555908203, 64608],
  [3047, 15564, 0.19577229022979736, 3.9449987411499023, 64530],
];

/** Plain bytes, ratio, estimated size. */
const SIZES: readonly (readonly [number, number, number])[] = [
  [11, 0.7662451863288879, 69],
  [23, 0.011554742231965065, 61],
  [22, 0.5887260437011719, 74],
  [114, 0.8911061882972717, 167],
  [181, 0.6829795837402344, 190],
  [180, 1.1431875228881836, 277],
  [123, 0.30319511890411377, 100],
  [1740, 0.835893452167511, 1588],
  [340, 0.8240252733230591, 355],
  [7608, 0.13117018342018127, 1108],
  [10512, 0.1392199546098709, 1597],
  [25715, 0.8904805779457092, 24104],
  [38598, 0.835989773273468, 33941],
  [61993, 0.7087386846542358, 46194],
  [66695, 0.7191951274871826, 50426],
  [200610, 0.7489945888519287, 157829],
  [808134, 0.7453545331954956, 632524],
  [461264, 0.8558573722839355, 414575],
  [1312874, 1.0104761123657227, 1393020],
  [7270100, 0.8212718367576599, 6269325],
  [1734736, 1.1690233945846558, 2129405],
  [14804807, 0.3350403308868408, 5208278],
  [35070604, 0.7138444185256958, 26286761],
  [13838032, 1.1162227392196655, 16218703],
];

test('the estimation goes down by 0.005 a batch, and up at once, in Java’s floats', () => {
  let estimation = INITIAL_RATIO;
  for (const [packed, plain, ratio, after, size] of BATCHES) {
    const seen = compressionRatio(packed, plain);
    expect(seen).toBe(ratio);
    estimation = updatedEstimation(estimation, seen);
    expect(estimation).toBe(after);
    expect(estimatedBytesWritten(plain, estimation)).toBe(size);
  }
});

test('the expected size of a batch is header plus 1.05 times what the ratio says', () => {
  for (const [plain, ratio, size] of SIZES) expect(estimatedBytesWritten(plain, ratio)).toBe(size);
});

test('an estimation never falls below what was seen, and stays where it is right', () => {
  const half = Math.fround(0.5);
  expect(updatedEstimation(half, half)).toBe(half);
  expect(updatedEstimation(Math.fround(0.503), half)).toBe(half);
});
