using System.Globalization;
using System.Text;

namespace DeepKeras.Inspection;

/// <summary>How often each class was taken for each other class: rows are the true classes, columns what was recognised.</summary>
/// <remarks>
/// <code>
/// var matrix = ConfusionMatrix.Of(yTest, model.Predict(xTest), FashionMnist.ClassNames);
/// Console.WriteLine(matrix);
/// </code>
/// </remarks>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;

    private ConfusionMatrix(long[,] counts, IReadOnlyList<string> classNames) => (_counts, ClassNames) = (counts, classNames);

    /// <summary>One name per class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>The number of samples.</summary>
    public long Total => _counts.Cast<long>().Sum();

    /// <summary>The fraction on the diagonal, 0 … 1.</summary>
    public double Accuracy => Total == 0 ? 0 : Enumerable.Range(0, Classes).Sum(c => _counts[c, c]) / (double)Total;

    /// <summary>How many samples of one class were taken for another.</summary>
    /// <param name="trueClass">The class they belong to.</param>
    /// <param name="recognised">The class they were taken for.</param>
    public long this[int trueClass, int recognised] => _counts[trueClass, recognised];

    /// <summary>Counts.</summary>
    /// <param name="yTrue">Labels (n) or (n, 1), or one-hot rows (n, classes).</param>
    /// <param name="yPred">Scores (n, classes), a column of probabilities (n, 1), or labels (n).</param>
    /// <param name="classNames">Names for the table; numbers by default.</param>
    /// <exception cref="KerasException">The numbers of samples differ, or a label has no name.</exception>
    public static ConfusionMatrix Of(Tensor yTrue, Tensor yPred, IReadOnlyList<string>? classNames = null)
    {
        var truth = Labels(yTrue);
        var recognised = Labels(yPred);
        if (truth.Length != recognised.Length) throw Throw.SampleCounts([("yTrue", truth.Length), ("yPred", recognised.Length)]);
        if (truth.Length == 0) throw Throw.EmptyData("yTrue");
        var width = yPred.ndim > 1 && yPred.shape[^1] > 1 ? yPred.shape[^1] : 0;
        var classes = (int)Math.Max(width, Math.Max(truth.Max(), recognised.Max()) + 1);
        if (classNames is not null && classNames.Count < classes) throw Throw.OutOfRange(nameof(classNames), $"a list of at least {classes} names", $"a list of {classNames.Count}");
        var counts = new long[classes, classes];
        for (var i = 0; i < truth.Length; i++) counts[truth[i], recognised[i]]++;
        return new(counts, classNames ?? [.. Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>A table: one row per true class, and at its end the fraction that was recognised.</summary>
    public override string ToString()
    {
        var names = ClassNames.Take(Classes).ToList();
        var nameWidth = names.Max(n => n.Length);
        var cell = Math.Max(5, Enumerable.Range(0, Classes).Max(c => names[c].Length > 6 ? 6 : names[c].Length) + 1);
        cell = Math.Max(cell, _counts.Cast<long>().Max().ToString(CultureInfo.InvariantCulture).Length + 1);
        var text = new StringBuilder();
        text.Append(' ', nameWidth);
        foreach (var name in names) text.Append(Cut(name, cell - 1).PadLeft(cell));
        text.AppendLine("   recall");
        for (var row = 0; row < Classes; row++)
        {
            text.Append(names[row].PadRight(nameWidth));
            long sum = 0;
            for (var column = 0; column < Classes; column++)
            {
                sum += _counts[row, column];
                text.Append(_counts[row, column].ToString(CultureInfo.InvariantCulture).PadLeft(cell));
            }
            text.AppendLine(CultureInfo.InvariantCulture, $"   {(sum == 0 ? 0 : 100.0 * _counts[row, row] / sum),5:0.0}%");
        }
        text.Append(CultureInfo.InvariantCulture, $"accuracy {Accuracy:0.0000} on {Total} samples");
        return text.ToString();
    }

    private static string Cut(string name, int width) => name.Length <= width ? name : name[..width];

    private static long[] Labels(Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var labels = values.ndim > 1 && values.shape[^1] > 1 ? values.argmax(-1)
            : values.is_floating_point() && values.numel() > 0 && values.max().cpu().to_type(ScalarType.Float64).item<double>() <= 1 ? values.gt(0.5)
            : values;
        return labels.reshape(-1).to_type(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
    }
}
