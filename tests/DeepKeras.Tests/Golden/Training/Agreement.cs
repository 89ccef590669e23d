using System.Globalization;
using System.Text.Json.Nodes;

namespace DeepKeras.Tests.Golden.Training;

/// <summary>Holds numbers against Keras's, to 1e-10 in float64 and 1e-5 in float32 of the greatest number (1 at least), and remembers the worst.</summary>
internal sealed class Agreement(ScalarType type)
{
    private readonly List<string> _failures = [];
    private double _worst;
    private string _where = "";
    private int _numbers;

    private double Tolerance => type == ScalarType.Float64 ? 1e-10 : 1e-5;

    /// <summary>Compares shape and numbers.</summary>
    /// <param name="actual">Ours.</param>
    /// <param name="expected">Keras's, as <c>{"shape", "data"}</c>.</param>
    /// <param name="where">The case, for the report.</param>
    public void Compare(Tensor actual, JsonNode expected, string where)
    {
        long[] shape = [.. expected["shape"]!.AsArray().Select(e => (long)e!)];
        if (!actual.shape.AsSpan().SequenceEqual(shape)) _failures.Add($"{where}: the shape is ({string.Join(", ", actual.shape)}) instead of ({string.Join(", ", shape)})");
        else Compare(Numbers(actual), TrainingFixtures.Expected(expected), where);
    }

    /// <summary>A failure that is none of numbers.</summary>
    public void Fail(string where, string what) => _failures.Add($"{where}: {what}");

    /// <summary>Prints the worst difference and fails where one is too great.</summary>
    /// <param name="atLeast">How many numbers must have been compared.</param>
    public void Conclude(int atLeast)
    {
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_numbers} numbers in {type}: the worst is off by {_worst:G3} {_where}"));
        _failures.Should().BeEmpty();
        _numbers.Should().BeGreaterThanOrEqualTo(atLeast);
    }

    private void Compare(double[] actual, double[] expected, string where)
    {
        var scale = Math.Max(1, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        for (var i = 0; i < expected.Length; i++)
        {
            _numbers++;
            if (actual[i].Equals(expected[i])) continue;
            var difference = Math.Abs(actual[i] - expected[i]) / scale;
            if (difference > _worst) (_worst, _where) = (difference, $"in {where}");
            if (difference <= Tolerance) continue;
            _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{where}: number {i + 1} of {expected.Length} is {actual[i]:G12} instead of {expected[i]:G12}"));
            return;
        }
    }
}
