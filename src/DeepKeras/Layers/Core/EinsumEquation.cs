using System.Text.RegularExpressions;

namespace DeepKeras.Layers;

/// <summary>The equation of an <see cref="EinsumDense"/>, <c>input,kernel->output</c>, with <c>...</c> for further axes at the beginning or at the end of input and output.</summary>
internal sealed partial class EinsumEquation
{
    private readonly string _input;
    private readonly string _kernel;
    private readonly string _output;
    private readonly bool _isLeft;
    private readonly bool _isRight;

    private EinsumEquation(Match match)
    {
        _input = match.Groups["input"].Value;
        _kernel = match.Groups["kernel"].Value;
        _output = match.Groups["output"].Value;
        _isLeft = match.Groups["left"].Length > 0;
        _isRight = match.Groups["right"].Length > 0;
    }

    /// <summary>The equation; an error for one of another form, or with a letter that says nothing about an extent.</summary>
    public static EinsumEquation Parse(string owner, string equation, string? biasAxes)
    {
        var match = Form().Match(equation);
        if (!match.Success) throw Throw.EinsumForm(owner, equation);
        var parsed = new EinsumEquation(match);
        foreach (var (letter, part) in parsed._output.Select(c => (c, "output")).Concat(parsed._kernel.Select(c => (c, "kernel"))))
        {
            var known = part == "output" ? parsed._input + parsed._kernel : parsed._input + parsed._output;
            if (!known.Contains(letter, StringComparison.Ordinal)) throw Throw.EinsumLetter(owner, equation, letter, part);
        }
        foreach (var letter in biasAxes ?? "")
        {
            if (!parsed._output.Contains(letter, StringComparison.Ordinal)) throw Throw.EinsumBias(owner, equation, letter);
        }
        return parsed;
    }

    /// <summary>All shapes for an input.</summary>
    /// <param name="layer">Whose equation it is.</param>
    /// <param name="input">The input's shape.</param>
    /// <param name="given">The output's shape without the batch axis and what <c>...</c> stands for, null where the input's extent is taken.</param>
    /// <param name="biasAxes">The output's axes along which the bias has extents of its own; null for no bias.</param>
    public EinsumShapes Resolve(Layer layer, Shape input, Shape given, string? biasAxes)
    {
        var elided = input.Rank - _input.Length;
        if (elided < 0 || (elided > 0 && !_isLeft && !_isRight)) throw Throw.EinsumRank(layer, _input, _isLeft || _isRight, input);
        var inputStart = _isLeft ? elided : 0;
        long?[] full = [input[0], .. _isLeft && elided > 1 ? input[1..elided] : [], .. given, .. _isRight ? input[^elided..] : []];
        var outputStart = _isLeft ? elided : 0;
        if (full.Length != _output.Length + elided) throw Throw.EinsumOutput(layer, _output, given);
        for (var i = 0; i < _output.Length; i++)
        {
            var at = _input.IndexOf(_output[i], StringComparison.Ordinal);
            if (at < 0) continue;
            var (own, fed) = (full[outputStart + i], input[inputStart + at]);
            if (own is not null && own != fed) throw Throw.EinsumShared(layer, _output[i], input, given);
            full[outputStart + i] = fed;
        }
        var extents = new List<long?>();
        var (inputs, outputs) = (new List<int>(), new List<int>());
        for (var i = 0; i < _kernel.Length; i++)
        {
            var at = _output.IndexOf(_kernel[i], StringComparison.Ordinal);
            extents.Add((at >= 0 ? full[outputStart + at] : input[inputStart + _input.IndexOf(_kernel[i], StringComparison.Ordinal)]) ?? throw Throw.EinsumUnknown(layer, _kernel[i], input, given));
            (at >= 0 ? outputs : inputs).Add(i);
        }
        return new(new([.. extents]), Bias(layer, full, outputStart, elided, biasAxes, input, given), new(full), [.. inputs], [.. outputs]);
    }

    private Shape? Bias(Layer layer, long?[] full, int outputStart, int elided, string? biasAxes, Shape input, Shape given)
    {
        if (string.IsNullOrEmpty(biasAxes)) return null;
        var first = biasAxes.Min(letter => _output.IndexOf(letter, StringComparison.Ordinal));
        var extents = new List<long?>();
        for (var i = first; i < _output.Length; i++)
        {
            var isOwn = biasAxes.Contains(_output[i], StringComparison.Ordinal);
            extents.Add(isOwn ? full[outputStart + i] ?? throw Throw.EinsumUnknown(layer, _output[i], input, given) : 1);
        }
        for (var i = 0; i < elided && _isRight; i++) extents.Add(1);
        return new([.. extents]);
    }

    [GeneratedRegex(@"^((?<left>\.\.\.)(?<input>[a-zA-Z]+),(?<kernel>[a-zA-Z]+)->\.\.\.(?<output>[a-zA-Z]+)|(?<input>[a-zA-Z]{2,})(?<right>\.\.\.),(?<kernel>[a-zA-Z]+)->(?<output>[a-zA-Z]+)\.\.\.|(?<input>[a-zA-Z]+),(?<kernel>[a-zA-Z]+)->(?<output>[a-zA-Z]+))$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
