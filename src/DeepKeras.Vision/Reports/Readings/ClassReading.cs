namespace DeepKeras.Vision.Reports;

/// <summary>
/// An output that chooses one of several classes: a probability per class with labels or one-hot rows, or one probability with labels 0 and 1.
/// Scores that are no probabilities (a last layer without activation) are taken through softmax, or sigmoid where there is one only.
/// </summary>
internal sealed class ClassReading(int width, bool areLogits, int mistakes)
{
    private readonly BestOf<Mistake> _mistakes = new(mistakes);
    private readonly double[] _probabilities = new double[Math.Max(2, width)];

    public int Classes { get; } = Math.Max(2, width);

    /// <summary>Rows are the true classes, columns what was recognised.</summary>
    public long[,] Counts { get; } = new long[Math.Max(2, width), Math.Max(2, width)];

    /// <summary>The mistakes the model was surest of: the least probability for the truth first.</summary>
    public IReadOnlyList<Mistake> Mistakes => _mistakes.Items;

    public long Total => Counts.Cast<long>().Sum();

    public double Accuracy => Total == 0 ? double.NaN : Enumerable.Range(0, Classes).Sum(c => Counts[c, c]) / (double)Total;

    /// <summary>How many samples belong to a class.</summary>
    public long Samples(int index) => Enumerable.Range(0, Classes).Sum(c => Counts[index, c]);

    /// <summary>The share of a class's samples that was recognised; no number where there are none.</summary>
    public double Recall(int index) => Counts[index, index] / (double)Samples(index);

    /// <summary>The share of what was taken for a class that belongs to it; no number where nothing was.</summary>
    public double Precision(int index) => Counts[index, index] / (double)Enumerable.Range(0, Classes).Sum(c => Counts[c, index]);

    /// <summary>2TP / (2TP + FP + FN), which is 0 where nothing was recognised.</summary>
    public double F1(int index)
    {
        var involved = Samples(index) + Enumerable.Range(0, Classes).Sum(c => Counts[c, index]);
        return 2.0 * Counts[index, index] / involved;
    }

    /// <summary>The class of a sample, or −1 where its target is none.</summary>
    public int Label(ReadOnlySpan<double> target)
    {
        if (target.Length == 1) return target[0] >= 0 && target[0] < Classes && target[0] == Math.Floor(target[0]) ? (int)target[0] : -1;
        if (target.Length != width) return -1;
        var label = -1;
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] == 0) continue;
            if (target[i] != 1 || label >= 0) return -1;
            label = i;
        }
        return label;
    }

    /// <summary>Counts a sample.</summary>
    public Prediction Take(long index, int label, ReadOnlySpan<float> scores, Func<Picture?> picture)
    {
        Probabilities(scores);
        var best = 0;
        for (var i = 1; i < Classes; i++)
        {
            if (_probabilities[i] > _probabilities[best]) best = i;
        }
        Counts[label, best]++;
        var (confidence, truth) = (_probabilities[best], _probabilities[label]);
        if (best != label) _mistakes.Offer(-truth, () => new(index, label, best, confidence, truth, picture()));
        return new(label, best, confidence);
    }

    private void Probabilities(ReadOnlySpan<float> scores)
    {
        if (width == 1)
        {
            var positive = areLogits ? 1 / (1 + Math.Exp(-scores[0])) : scores[0];
            // As everywhere, a half is not enough for class 1.
            (_probabilities[0], _probabilities[1]) = (1 - positive, positive);
            return;
        }
        for (var i = 0; i < width; i++) _probabilities[i] = scores[i];
        if (!areLogits) return;
        var highest = _probabilities.Max();
        double sum = 0;
        for (var i = 0; i < width; i++) sum += _probabilities[i] = Math.Exp(_probabilities[i] - highest);
        for (var i = 0; i < width; i++) _probabilities[i] /= sum;
    }
}
