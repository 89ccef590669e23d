namespace DeepKeras.Vision.Reports;

/// <summary>
/// What the data say about one output of a model. Whether it chooses classes, answers questions or predicts numbers is known for sure only
/// after the last target; until then all that fit are counted side by side, and the first that fitted to the end is believed.
/// </summary>
internal sealed class OutputReading(string name, int width, bool areLogits, ReportOptions options)
{
    private ClassReading? _classes = new(width, areLogits, options.Mistakes);
    private LabelReading? _labels = new(width, areLogits);
    private NumberReading? _numbers = new(width, options.Points, options.Mistakes);

    public string Name => name;

    public ClassReading? Classes => _classes;

    public LabelReading? Labels => _classes is null ? _labels : null;

    public NumberReading? Numbers => _classes is null && _labels is null ? _numbers : null;

    /// <summary>Takes one sample in.</summary>
    /// <param name="index">Its place in the data.</param>
    /// <param name="target">Its target's numbers.</param>
    /// <param name="scores">What the model gave.</param>
    /// <param name="picture">Draws it.</param>
    /// <returns>What a classifier says about it.</returns>
    public Prediction? Take(long index, ReadOnlySpan<double> target, ReadOnlySpan<float> scores, Func<Picture?> picture)
    {
        var label = _classes?.Label(target) ?? -1;
        if (label < 0) _classes = null;
        if (_labels?.Fits(target) != true) _labels = null;
        if (_numbers?.Fits(target) != true) _numbers = null;
        _labels?.Take(target, scores);
        _numbers?.Take(index, target, scores, picture);
        return _classes?.Take(index, label, scores, picture);
    }
}
