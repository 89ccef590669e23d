using DeepKeras.Activations;
using DeepKeras.Data;
using DeepKeras.Layers;

namespace DeepKeras.Inspection;

/// <summary>
/// Reads what any layers of a model compute, those of nested models included, in one forward pass in inference mode
/// (moving statistics, no dropout) that gradients can flow through. The weights are the model's own.
/// </summary>
/// <remarks>
/// <code>
/// var reader = new LayerReader(model, "conv2d", "conv2d_1");
/// using var scope = torch.NewDisposeScope();
/// var reading = reader.Read(images);        // (N, H, W, C)
/// var maps = reading[0];                    // what conv2d answers
/// var scores = reading.Logits;              // the classes' scores before the softmax
/// var gradient = torch.autograd.grad([scores.select(1, 3).sum()], [maps])[0];
/// </code>
/// </remarks>
public sealed class LayerReader
{
    private readonly Plan _plan;
    private Head _head = new(ActivationFunction.Linear, null);

    /// <summary>Prepares the reading; nothing runs yet.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="layers">Which layers to read: names, places or the layers themselves; none to read the outputs only.</param>
    /// <exception cref="KerasException">The model is not built, has no such layer, or runs it several times.</exception>
    public LayerReader(Model model, params IEnumerable<LayerSelector> layers)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(layers);
        Model = model;
        _ = model.Inputs;
        Layers = [.. layers.Select(l => l.In(model))];
        _plan = new Plan(model.Graph, model.Inputs, model.Outputs, training: false, Pick);
    }

    /// <summary>The model that is read.</summary>
    public Model Model { get; }

    /// <summary>The layers that are read, in the order they were asked for.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>
    /// The activation at the model's first output that <see cref="LayerReading.Logits"/> leaves out:
    /// <c>softmax</c>, <c>log_softmax</c> or <c>sigmoid</c> of a last Dense, Activation or Softmax layer; otherwise <c>linear</c>.
    /// </summary>
    public ActivationFunction OutputActivation => _head.Activation;

    /// <summary>Every layer that a model runs, each once and in running order; those of nested models stand in the nested model's place.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <exception cref="KerasException">The model is not built.</exception>
    public static IReadOnlyList<Layer> LayersOf(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _ = model.Inputs;
        return [.. Leaves(model).Distinct()];
    }

    /// <summary>Runs the model on one batch. What it returns belongs to the dispose scope around the call.</summary>
    /// <param name="input">A batch, as <c>Predict</c> takes it; it is converted to the model's element type and device.</param>
    /// <returns>The values, connected to <paramref name="input"/> for gradients unless <c>torch.no_grad()</c> holds.</returns>
    /// <exception cref="KerasException">The model takes several inputs, or the shape does not fit.</exception>
    public LayerReading Read(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Model.Inputs.Count == 1 ? Read([input]) : throw Throw.ReaderInputs(Model, Model.Inputs.Count);
    }

    /// <summary>Runs a model of several inputs on one batch. What it returns belongs to the dispose scope around the call.</summary>
    /// <param name="inputs">One tensor per input, in the model's order.</param>
    /// <returns>The values, connected to <paramref name="inputs"/> for gradients unless <c>torch.no_grad()</c> holds.</returns>
    /// <exception cref="KerasException">The number of inputs or a shape does not fit.</exception>
    public LayerReading Read(IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0) throw Throw.InputCount(Model, Model.Inputs.Count, 0);
        var batch = Model.Preparer.Prepare(new Batch([.. inputs], [], null, inputs[0].size(0)));
        var values = _plan.Run(batch.Inputs);
        var outputs = Model.Outputs.Count;
        var logits = _head.Weighing is { } dense ? Weigh(dense, values[^1]) : _head.Activation.IsLinear ? values[0] : values[^1];
        return new(values[..outputs], values[outputs..(outputs + Layers.Count)], logits);
    }

    private static IEnumerable<Layer> Leaves(Model model) =>
        model.Graph.Nodes.SelectMany(n => n.Layer is Model nested ? Leaves(nested) : [n.Layer]);

    private static Tensor Weigh(Dense dense, Tensor input)
    {
        var product = torch.nn.functional.linear(input, dense.Weights[0].Native.t());
        return dense.UseBias ? product.add(dense.Weights[1].Native) : product;
    }

    /// <summary>The slots of the layers, and behind them what the last activation is applied to.</summary>
    private List<int> Pick(IReadOnlyList<PlanCall> calls, IReadOnlyList<int> outputs)
    {
        var slots = Layers.Select(layer => SlotOf(layer, calls)).ToList();
        var last = calls.LastOrDefault(c => c.Layer is not DeepKeras.Model && c.Inputs is [var from] && from != outputs[0] && c.Outputs[0] == outputs[0]);
        _head = last.Layer switch
        {
            Dense dense when IsSquashing(dense.Activation) => new(dense.Activation, dense),
            Activation layer when IsSquashing(layer.Function) => new(layer.Function, null),
            Softmax { Axis: [-1] } => new("softmax", null),
            _ => _head,
        };
        if (!_head.Activation.IsLinear) slots.Add(last.Inputs[0]);
        return slots;
    }

    private int SlotOf(Layer layer, IReadOnlyList<PlanCall> calls)
    {
        List<int> found = [.. calls.Where(c => c.Layer == layer).Select(c => c.Outputs[0]).Distinct()];
        return found.Count switch
        {
            0 => throw Throw.LayerNotRun(Model, layer),
            1 => found[0],
            var count => throw Throw.LayerRunsTwice(Model, layer, count),
        };
    }

    private static bool IsSquashing(ActivationFunction activation) => activation.Name is "softmax" or "log_softmax" or "sigmoid";

    /// <summary>The last activation, and the Dense that applies it where it is not a layer of its own.</summary>
    private readonly record struct Head(ActivationFunction Activation, Dense? Weighing);
}
