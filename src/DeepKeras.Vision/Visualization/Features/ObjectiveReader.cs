using System.Runtime.InteropServices;
using DeepKeras.Layers;

namespace DeepKeras.Vision.Visualization;

/// <summary>Measures objectives on images: runs the model up to the layers that they speak of.</summary>
internal sealed class ObjectiveReader
{
    private const int DefaultSide = 96;
    private readonly Model _model;
    private readonly IReadOnlyList<Objective> _objectives;
    private readonly List<Layer?> _sources;
    private readonly PartialModel _part;
    private readonly Dense? _scores;

    /// <param name="model">The model; its own plans and weights stay as they are.</param>
    /// <param name="objectives">One per image of the batch, or one for all.</param>
    public ObjectiveReader(Model model, IReadOnlyList<Objective> objectives)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (objectives.Count == 0) throw Throw.NoObjective();
        (_model, _objectives) = (model, objectives);
        var shape = model.Input.Shape;
        if (shape.Rank != 4 || shape[3] is not (1 or 3)) throw Throw.AscentModel(model);
        Channels = (int)shape[3]!.Value;
        _sources = [.. objectives.SelectMany(o => o.Terms).Select(Source).Distinct()];
        var (scores, dense) = _sources.Contains(null) ? Scores() : default;
        _scores = dense;
        _part = new PartialModel(model, [.. _sources.Select(layer => layer is null ? scores : layer.Output)]);
        Range = RangeOf(model);
        Device = model.Weights is [var first, ..] ? first.Value.device : Keras.Device;
    }

    /// <summary>1 or 3.</summary>
    public int Channels { get; }

    /// <summary>Whether it matters where in the image something is.</summary>
    public bool HasPlaces => _objectives.SelectMany(o => o.Terms).Any(t => t.Kind is ObjectiveKind.Unit or ObjectiveKind.Class);

    /// <summary>The values of pixels that the model was built for.</summary>
    public (double Low, double High) Range { get; }

    public torch.Device Device { get; }

    /// <summary>The height and width that the model was built for.</summary>
    public (int Height, int Width) Size => ((int)(_model.Input.Shape[1] ?? DefaultSide), (int)(_model.Input.Shape[2] ?? DefaultSide));

    /// <summary>The objective of each image.</summary>
    /// <param name="images"><c>(N, H, W, C)</c> on <see cref="Device"/>.</param>
    /// <returns><c>(N)</c>.</returns>
    public Tensor Measure(Tensor images)
    {
        var outputs = Read(images);
        var values = new Tensor[images.shape[0]];
        for (var i = 0; i < values.Length; i++)
        {
            var terms = (_objectives.Count == 1 ? _objectives[0] : _objectives[i]).Terms;
            values[i] = terms.Select(t => t.Measure(outputs[_sources.IndexOf(Source(t))].narrow(0, i, 1))).Aggregate((a, b) => a.add(b));
        }
        return torch.stack(values, 0);
    }

    private Layer? Source(ObjectiveTerm term)
    {
        if (term.Layer?.In(_model) is not { } layer) return null;
        return _model.Layers.Contains(layer) ? layer : throw Throw.ObjectiveLayer(_model, layer);
    }

    private Tensor[] Read(Tensor images)
    {
        Tensor[] outputs;
        try
        {
            outputs = [.. _part.Read(images)];
            if (_scores is not null) outputs[_sources.IndexOf(null)] = Weigh(_scores, outputs[_sources.IndexOf(null)]);
        }
        catch (Exception error) when (error is KerasException or ExternalException)
        {
            throw Throw.ObjectiveSize(_model, _sources, images, error);
        }
        return outputs;
    }

    private static Tensor Weigh(Dense dense, Tensor features)
    {
        var product = torch.nn.functional.linear(features, dense.Weights[0].Value.t());
        return dense.UseBias ? product.add(dense.Weights[1].Value) : product;
    }

    /// <summary>Where the scores of the classes lie: before a closing softmax or sigmoid, whose gradient dies away as soon as it is sure.</summary>
    private (KerasTensor Output, Dense? Weighing) Scores()
    {
        var output = _model.Output;
        return output.Layer switch
        {
            Softmax or Activation { Function.Name: "softmax" or "sigmoid" } => (output.Layer.Input, null),
            Dense { Activation.Name: "softmax" or "sigmoid" } last => (last.Input, last),
            _ => (output, null),
        };
    }

    private static (double Low, double High) RangeOf(Model model) =>
        model.Layers.FirstOrDefault(l => l is not InputLayer) is Rescaling { Scale: var scale } && scale.All(s => Math.Abs(s) < 0.1) ? (0, 255) : (0, 1);
}
