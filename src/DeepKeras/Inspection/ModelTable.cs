using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DeepKeras.Layers;

namespace DeepKeras.Inspection;

/// <summary>The text of <c>Summary()</c>, line for line as Keras 3 prints it.</summary>
internal sealed class ModelTable
{
    private readonly Model _model;
    private readonly SummaryOptions _options;
    private readonly bool _isChain;

    private ModelTable(Model model, SummaryOptions options)
    {
        _model = model;
        _options = options;
        _isChain = model is Sequential || IsChain(model.Graph);
    }

    /// <param name="model">The model, built or not.</param>
    /// <param name="options">What to show and how wide.</param>
    /// <param name="room">Characters that a line may have at most, unless a length is asked for.</param>
    public static string Write(Model model, SummaryOptions options, int room = int.MaxValue) => new ModelTable(model, options).Write(room);

    /// <summary>The class as Keras calls it.</summary>
    public static string TypeName(Layer layer) => layer.GetType() == typeof(Model) ? "Functional" : layer.GetType().Name;

    private string Write(int room)
    {
        double[] ends = _options.Positions ?? (_isChain ? [0.45, 0.80, 1.0] : [0.3, 0.56, 0.74, 1.0]);
        var columns = new List<(string Header, TextTable.Alignment Alignment)>
        {
            ("Layer (type)", TextTable.Alignment.Left), ("Output Shape", TextTable.Alignment.Left), ("Param #", TextTable.Alignment.Right),
        };
        if (!_isChain) columns.Add(("Connected to", TextTable.Alignment.Left));
        var width = _isChain ? 88 : 108;
        if (_options.ShowTrainable)
        {
            width += 12;
            ends = [.. ends.Select(e => e * 0.90), 1.0];
            columns.Add(("Trainable", TextTable.Alignment.Center));
        }
        if (ends.Length != columns.Count) throw Throw.SummaryPositions(columns.Count, ends.Length);
        var table = new TextTable([.. columns], ends, _options.LineLength ?? Math.Min(width, room));
        foreach (var layer in Range()) AddRows(table, _model, layer, 0);
        return Text(table);
    }

    private void AddRows(TextTable table, Model owner, Layer layer, int depth)
    {
        var prefix = depth == 0 ? "" : new string(' ', 3 * depth) + "└ ";
        var node = owner.IsBuilt ? owner.Graph.Nodes.LastOrDefault(n => n.Layer == layer) : null;
        var shapes = node?.Outputs.Select(t => t.Shape.ToString()).ToArray() ?? [];
        var cells = new List<string>
        {
            $"{prefix}{layer.Name} ({TypeName(layer)})",
            shapes.Length switch { 0 => "?", 1 => shapes[0], _ => $"[{string.Join(", ", shapes)}]" },
            layer.IsBuilt ? Grouped(layer.CountParams()) : "0 (unbuilt)",
        };
        if (!_isChain) cells.Add(Connections(layer));
        if (_options.ShowTrainable) cells.Add(layer.Weights.Count == 0 ? "-" : layer.Trainable ? "Y" : "N");
        table.Add([.. cells]);
        if (!_options.ExpandNested || layer is not Model nested) return;
        foreach (var inner in nested.Layers) AddRows(table, nested, inner, depth + 1);
    }

    private string Connections(Layer layer)
    {
        var from = _model.Graph.Nodes.Where(n => n.Layer == layer).OrderBy(n => n.Index).SelectMany(n => n.Inputs)
            .Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Layer.Name}[{t.Producer.Index}][{t.OutputIndex}]")).ToArray();
        return from.Length == 0 ? "-" : string.Join(", ", from);
    }

    private string Text(TextTable table)
    {
        var weights = _model.Weights;
        var trainable = weights.Where(w => w.Trainable).ToArray();
        var frozen = weights.Where(w => !w.Trainable).ToArray();
        var (trainedCount, trainedBytes) = (trainable.Sum(w => w.ElementCount), trainable.Sum(Bytes));
        var (frozenCount, frozenBytes) = (frozen.Sum(w => w.ElementCount), frozen.Sum(Bytes));
        var (stateCount, stateBytes) = OptimizerSize.Of(_model.Optimizer);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{_model.Name}\"\n").Append(table);
        Line("Total", trainedCount + frozenCount + stateCount, trainedBytes + frozenBytes + stateBytes);
        Line("Trainable", trainedCount, trainedBytes);
        Line("Non-trainable", frozenCount, frozenBytes);
        if (stateCount > 0) Line("Optimizer", stateCount, stateBytes);
        return text.ToString();

        void Line(string what, long count, long bytes) => text.Append(CultureInfo.InvariantCulture, $" {what} params: {Grouped(count)} ({Size(bytes)})\n");
    }

    private IEnumerable<Layer> Range()
    {
        var layers = _model.Layers;
        if (_options.LayerRange is not { } range) return layers;
        int[] starts = [.. Matches(range.First)];
        int[] ends = [.. Matches(range.Last)];
        if (starts.Length == 0 || ends.Length == 0) throw Throw.SummaryRange(_model, range.First, range.Last);
        var (from, to) = starts[0] > ends[^1] ? (ends[0], starts[^1]) : (starts[0], ends[^1]);
        return layers.Skip(from).Take(to - from + 1);

        IEnumerable<int> Matches(string pattern)
        {
            var expression = new Regex("^(?:" + pattern + ")", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return Enumerable.Range(0, layers.Count).Where(i => expression.IsMatch(layers[i].Name));
        }
    }

    /// <summary>No branch, no merge, no layer called twice: then the order of the rows says how layers are connected.</summary>
    private static bool IsChain(Graph graph)
    {
        var consumed = graph.Nodes.SelectMany(n => n.Inputs).Select(t => t.Producer).ToHashSet();
        return graph.Nodes.All(n => n.Inputs.Count <= 1)
            && graph.Nodes.Count(n => !consumed.Contains(n)) == 1
            && graph.Nodes.Select(n => n.Layer).Distinct().Count() == graph.Nodes.Count;
    }

    private static long Bytes(Weight weight) => weight.ElementCount * OptimizerSize.ElementSize(weight.Native.dtype);

    private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:F2} {units[unit]}");
    }
}
