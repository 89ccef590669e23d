using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>Several cells on top of each other as one (Keras: <c>keras.layers.StackedRNNCells</c>): each takes the output of the one before.</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) → (N, …)</c>, that of the last cell; the states of all cells, one cell after the other.
/// <code>var t = RNN(StackedRNNCells([GRUCell(64), GRUCell(32)]), returnSequences: true)(Input((null, 8))); // (None, None, 32)</code>
/// </remarks>
public sealed class StackedRNNCells : RecurrentCell, IKerasParts
{
    private int[] _counts = [];

    /// <summary>Creates the cell.</summary>
    /// <param name="cells">The cells from the first to the last, at least one.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">There is none, or one is no cell.</exception>
    public StackedRNNCells(IReadOnlyList<Layer> cells, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count == 0) throw Throw.BadArgument(Where, nameof(cells), "one cell or more", "none", "Write for example StackedRNNCells([LSTMCell(64), LSTMCell(32)]).");
        Cells = [.. cells];
        RecurrentCells = [.. cells.Select(c => c as RecurrentCell ?? throw Throw.NotACell(Where, c))];
    }

    /// <summary>The cells from the first to the last.</summary>
    public IReadOnlyList<Layer> Cells { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Sublayers => Cells;

    IEnumerable<(string Group, Layer Layer)> IKerasParts.Parts => KerasPaths.Numbered("cells", Cells);

    internal IReadOnlyList<RecurrentCell> RecurrentCells { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> StateShapes(Shape input)
    {
        var shapes = new List<Shape>();
        _ = Chain(input, (cell, shape) => shapes.AddRange(cell.StateShapes(shape)));
        return shapes;
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => Chain(input, (_, _) => { });

    /// <inheritdoc/>
    public override (Tensor Output, IReadOnlyList<Tensor> States) Step(Tensor input, IReadOnlyList<Tensor> states, bool training)
    {
        var after = new List<Tensor>();
        for (var i = 0; i < RecurrentCells.Count; i++)
        {
            (input, var own) = RecurrentCells[i].Step(input, StatesOf(i, states), training);
            after.AddRange(own);
        }
        return (input, after);
    }

    /// <summary>The part of all states that belongs to one cell.</summary>
    internal IReadOnlyList<Tensor> StatesOf(int cell, IReadOnlyList<Tensor> states) => [.. states.Skip(_counts.Take(cell).Sum()).Take(_counts[cell])];

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var counts = new List<int>();
        _ = Chain(input, (cell, shape) =>
        {
            counts.Add(cell.StateShapes(shape).Count);
            cell.EnsureBuilt([shape]);
        });
        _counts = [.. counts];
    }

    private Shape Chain(Shape input, Action<RecurrentCell, Shape> visit)
    {
        try
        {
            foreach (var cell in RecurrentCells)
            {
                visit(cell, input);
                input = cell.ComputeOutputShape(input);
            }
            return input;
        }
        catch (KerasException refusal)
        {
            throw Throw.InsideWrapper(this, refusal);
        }
    }
}
