namespace DeepKeras;

/// <summary>What a run of a <see cref="Plan"/> gives beside its outputs.</summary>
internal sealed class SideResults
{
    [ThreadStatic]
    private static SideResults? s_current;
    private int _settled;

    /// <summary>Where layers that run now on this thread leave their loss terms; null where nobody asks for them.</summary>
    public static SideResults? Current
    {
        get => s_current;
        set => s_current = value;
    }

    /// <summary>Scalars to be added to the loss: penalties on activities, and what layers added with <see cref="Layers.Layer.AddLoss"/>.</summary>
    public List<Tensor> Losses { get; } = [];

    /// <summary>The mask of each output, null where it has none; empty where no output has one.</summary>
    public Tensor?[] Masks { get; set; } = [];

    /// <summary>The mask of one output.</summary>
    public Tensor? MaskOf(int output) => output < Masks.Length ? Masks[output] : null;

    /// <summary>Takes a loss term out of whatever scope it was made in.</summary>
    public void Add(Tensor loss) => Losses.Add(loss.DetachFromDisposeScope());

    /// <summary>Gives the loss terms of a step that has just run to the scope around the step's own.</summary>
    public void Settle(DisposeScope step)
    {
        for (; _settled < Losses.Count; _settled++)
        {
            step.Attach(Losses[_settled]);
            step.MoveToOuter(Losses[_settled]);
        }
    }

    /// <summary>Forgets the run.</summary>
    public void Clear()
    {
        _settled = 0;
        Losses.Clear();
        Masks = [];
    }
}
