using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// Layers from inputs to outputs that run, train, predict and can be saved. Models may share layers, and a model is itself a layer.
/// </summary>
/// <remarks>
/// <code>
/// var x = Input(shape: (32, 32, 1));
/// var maps = Conv2D(6, 5, activation: "tanh")(x);
/// var y = Dense(10, activation: "softmax")(Flatten()(maps));
/// var model = new Model(inputs: [x], outputs: [y]);
/// var reader = new Model(inputs: [x], outputs: [y, maps]);   // the same weights, one output more
/// </code>
/// </remarks>
public partial class Model : Layer
{
    private Graph? _graph;
    private Plan? _trainingPlan;
    private Plan? _inferencePlan;
    private int _seenTrainableVersion = -1;
    private string[] _inputNames = [];
    private string[] _outputNames = [];

    /// <summary>Creates a model from a drawn graph.</summary>
    /// <param name="inputs">Where data enters; usually what <see cref="Keras.Input"/> returned, but any tensor of the graph will do.</param>
    /// <param name="outputs">What the model computes.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The outputs need an input that is not listed, or two layers bear one name.</exception>
    public Model(KerasTensors inputs, KerasTensors outputs, string? name = null)
        : base(null, name)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        SetGraph(inputs, outputs);
    }

    private protected Model(string? name)
        : base(null, name)
    {
    }

    /// <summary>The symbolic inputs.</summary>
    /// <exception cref="KerasException">A <see cref="Sequential"/> whose input shape is not known yet.</exception>
    public IReadOnlyList<KerasTensor> Inputs
    {
        get => _graph is null ? throw Throw.UnbuiltModel(this, "say its inputs") : field;
        private set;
    }

        = [];

    /// <summary>The symbolic outputs.</summary>
    /// <exception cref="KerasException">A <see cref="Sequential"/> whose input shape is not known yet.</exception>
    public IReadOnlyList<KerasTensor> Outputs
    {
        get => _graph is null ? throw Throw.UnbuiltModel(this, "say its outputs") : field;
        private set;
    }

        = [];

    /// <summary>The only input; a model with several has <see cref="Inputs"/>.</summary>
    public override KerasTensor Input => Inputs is [var only] ? only : throw Throw.WrongInputCount(this, "one input to be able to say 'Input'", Inputs.Count);

    /// <summary>The only output, to build on; a model with several has <see cref="Outputs"/>.</summary>
    public override KerasTensor Output => Outputs is [var only] ? only : throw Throw.WrongInputCount(this, "one output to be able to say 'Output'", Outputs.Count);

    /// <summary>The layers, in Keras's order: by depth. A <see cref="Sequential"/> does not list its input.</summary>
    public virtual LayerList Layers => new(Graph.Layers);

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Sublayers => Layers;

    /// <summary>The names of the outputs in logs, dictionaries of losses and <see cref="Predictions"/>: their layers' names.</summary>
    public IReadOnlyList<string> OutputNames => _graph is null ? throw Throw.UnbuiltModel(this, "name its outputs") : _outputNames;

    /// <summary>The names of the inputs: their layers' names.</summary>
    internal IReadOnlyList<string> InputNames => _graph is null ? throw Throw.UnbuiltModel(this, "name its inputs") : _inputNames;

    internal Graph Graph => _graph ?? throw Throw.UnbuiltModel(this, "be run");

    internal Plan TrainingPlan => _trainingPlan ??= new Plan(Graph, Inputs, Outputs, training: true);

    internal Plan InferencePlan => _inferencePlan ??= new Plan(Graph, Inputs, Outputs, training: false);

    /// <summary>The layer of that name.</summary>
    /// <param name="name">An exact name.</param>
    /// <exception cref="KerasException">There is none; the message lists the names.</exception>
    public Layer GetLayer(string name) => Layers.FirstOrDefault(l => l.Name == name) ?? throw Throw.NoSuchLayer(this, name);

    /// <summary>The layer at that place.</summary>
    /// <param name="index">From 0, in the order of <see cref="Layers"/>.</param>
    public Layer GetLayer(int index) => index >= 0 && index < Layers.Count ? Layers[index] : throw Throw.NoSuchLayer(this, index);

    /// <summary>The model as a TorchSharp module that shares its weights, for code written against TorchSharp.</summary>
    /// <returns>A module of one input and one output; <c>train()</c> and <c>eval()</c> choose how dropout and batch normalisation behave.</returns>
    /// <exception cref="KerasException">The model has several inputs or outputs.</exception>
    public torch.nn.Module<Tensor, Tensor> AsTorchModule()
    {
        _ = Input;
        _ = Output;
        return new ModelModule(this);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != Inputs.Count) throw Throw.InputCount(this, Inputs.Count, inputs.Count);
        var shapes = new Dictionary<KerasTensor, Shape>();
        for (var i = 0; i < inputs.Count; i++)
        {
            if (!Fits(Inputs[i].Shape, inputs[i])) throw Throw.BadInput(this, $"{Inputs[i].Shape} for input '{Inputs[i].Name}'", inputs[i], "Reshape the tensor, or build the model with the shape that it has.");
            shapes[Inputs[i]] = inputs[i];
        }
        foreach (var node in Graph.Nodes.Where(n => !n.Outputs.All(shapes.ContainsKey)))
        {
            var results = node.Layer.ComputeOutputShapes([.. node.Inputs.Select(t => shapes[t])]);
            for (var i = 0; i < results.Count; i++) shapes[node.Outputs[i]] = results[i];
        }
        return [.. Outputs.Select(t => shapes[t])];
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs) => ComputeOutputShapes(inputs)[0];

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => ComputeOutputShapes([input])[0];

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => ForwardMany([input], training)[0];

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => ForwardMany(inputs, training)[0];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> ForwardMany(IReadOnlyList<Tensor> inputs, bool training)
    {
        SyncTrainable();
        return (training ? TrainingPlan : InferencePlan).Run(inputs);
    }

    private protected void SetGraph(IReadOnlyList<KerasTensor> inputs, IReadOnlyList<KerasTensor> outputs)
    {
        _graph = new Graph(Name, inputs, outputs);
        Inputs = inputs;
        Outputs = outputs;
        _inputNames = [.. inputs.Select(t => t.Name)];
        _outputNames = [.. outputs.Select((t, i) => outputs.Take(i).Count(o => o.Layer == t.Layer) is > 0 and var n ? $"{t.Name}_{n}" : t.Name)];
        IsBuilt = true;
        ForgetPlans();
        for (var i = 0; i < Layers.Count; i++) Layers[i].Position = (i, Layers.Count);
    }

    /// <summary>Carries changes of any layer's <see cref="Layer.Trainable"/> over to the tensors, so that autograd leaves frozen layers out.</summary>
    internal bool SyncTrainable()
    {
        if (_seenTrainableVersion == TrainableVersion) return false;
        _seenTrainableVersion = TrainableVersion;
        foreach (var weight in Weights)
        {
            if (weight.IsTrained && weight.Native.requires_grad != weight.Trainable) weight.Native.requires_grad_(weight.Trainable);
        }
        return true;
    }

    private protected void ClearGraph()
    {
        _graph = null;
        IsBuilt = false;
        ForgetPlans();
    }

    /// <summary>Lets go of everything that was decided for the graph as it was.</summary>
    private void ForgetPlans()
    {
        (_trainingPlan, _inferencePlan, _preparer) = (null, null, null);
        _seenTrainableVersion = -1;
        Compiled?.Forget();
    }

    private static bool Fits(Shape declared, Shape given)
    {
        if (declared.Rank != given.Rank) return false;
        for (var i = 1; i < declared.Rank; i++)
        {
            if (declared[i] is { } expected && given[i] is { } received && expected != received) return false;
        }
        return true;
    }
}
