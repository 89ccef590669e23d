namespace DeepKeras.Data;

/// <summary>A batch in the making.</summary>
/// <param name="room">How many samples are expected at most.</param>
/// <param name="firstIndex">The number of the first sample in its data set, for errors.</param>
internal sealed class SampleStack(int room, long firstIndex)
{
    private Sample? _first;
    private RowStack[] _inputs = [];
    private RowStack[] _targets = [];
    private RowStack?[]? _weights;

    public int Count { get; private set; }

    public void Add(Sample sample)
    {
        if (_first is null)
        {
            _first = sample;
            _inputs = Array.ConvertAll(sample.Inputs, _ => new RowStack(room));
            _targets = Array.ConvertAll(sample.Targets, _ => new RowStack(room));
            _weights = sample.SampleWeights is null ? null : Array.ConvertAll(sample.SampleWeights, w => w is null ? null : new RowStack(room));
        }
        var index = firstIndex + Count;
        Add(_inputs, sample.Inputs, "input", index);
        Add(_targets, sample.Targets, "target", index);
        Add(_weights ?? [], sample.SampleWeights ?? [], "sample weight", index);
        Count++;
    }

    public Batch ToBatch() => new(Array.ConvertAll(_inputs, s => s.ToTensor()), Array.ConvertAll(_targets, s => s.ToTensor()), _weights is null ? null : Array.ConvertAll(_weights, s => s?.ToTensor()), Count)
    {
        InputNames = _first?.InputNames,
        TargetNames = _first?.TargetNames,
    };

    private void Add(RowStack?[] stacks, Tensor?[] rows, string what, long index)
    {
        if (rows.Length != stacks.Length) throw Throw.SampleParts(what, firstIndex, stacks.Length, index, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            if ((stacks[i] is null) != (rows[i] is null)) throw Throw.SampleParts(what, firstIndex, stacks[i] is null ? 0 : 1, index, rows[i] is null ? 0 : 1);
            if (stacks[i]?.TryAdd(rows[i]!) == false) throw Throw.SampleShape($"{what} {i}", firstIndex, stacks[i]!.Described, index, RowStack.Describe(rows[i]!));
        }
    }
}
