using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Training;

namespace DeepKeras.Layers;

/// <summary>
/// The base of every layer. A layer of one's own overrides <see cref="Build(Shape)"/> (make weights with
/// <see cref="AddWeight"/>), <see cref="ComputeOutputShape(Shape)"/> and <see cref="Forward(Tensor, bool)"/>.
/// </summary>
/// <remarks>
/// The constructor is the configuration: one public constructor, and for each of its parameters a read-only property of the
/// same name. Saving, loading, cloning and the factory methods follow from that.
/// </remarks>
public abstract partial class Layer
{
    private static int s_trainableVersion;
    private readonly List<Weight> _weights = [];
    private bool _trainable = true;
    private double _learningRateFactor = 1;

    // Before the first weight: those that lie otherwise would stay in the way.
    static Layer() => HostMemory.KeepFreed();

    /// <summary>Creates the layer.</summary>
    /// <param name="inputShape">Shape of one sample, without the batch axis, where this is the first layer of a <see cref="Sequential"/>.</param>
    /// <param name="name">A unique name; by default the class name in snake case with a number, as Keras counts: <c>dense</c>, <c>dense_1</c>.</param>
    protected Layer(Shape? inputShape = null, string? name = null)
    {
        InputShape = inputShape;
        Name = name ?? AutoName.Next(GetType());
        HasAutoName = name is null;
        DtypePolicy = Keras.DtypePolicy;
    }

    /// <summary>The name, unique within a model.</summary>
    public string Name { get; internal set; }

    /// <summary>The sample shape given to the constructor, without the batch axis.</summary>
    public Shape? InputShape { get; }

    /// <summary>
    /// Whether training changes the weights. Setting it on a model sets it on every layer inside. It holds from the next step on;
    /// a frozen BatchNormalization uses its moving statistics, as in Keras.
    /// </summary>
    public bool Trainable
    {
        get => _trainable;
        set
        {
            _trainable = value;
            Interlocked.Increment(ref s_trainableVersion);
            foreach (var layer in Sublayers) layer.Trainable = value;
        }
    }

    /// <summary>
    /// What the learning rate is multiplied by for this layer's weights; 1 by default. Setting it on a model sets it on every layer inside. It holds from
    /// the next step on and is not saved: early layers of a pretrained network usually get a tenth or a hundredth of what its new head gets.
    /// </summary>
    /// <exception cref="KerasException">It is negative or not finite. To stop a layer from learning set <see cref="Trainable"/>.</exception>
    public double LearningRateFactor
    {
        get => _learningRateFactor;
        set
        {
            if (value is not (>= 0 and < double.PositiveInfinity)) throw Throw.BadArgument(Where, nameof(LearningRateFactor), "a finite number of at least 0", value, "1 is the optimizer's own rate; set Trainable = false to freeze the layer.");
            _learningRateFactor = value;
            Interlocked.Increment(ref s_trainableVersion);
            foreach (var layer in Sublayers) layer.LearningRateFactor = value;
        }
    }

    /// <summary>The element types of the weights and of what the layer computes; taken from <see cref="Keras.DtypePolicy"/> at construction.</summary>
    public DtypePolicy DtypePolicy { get; internal set; }

    /// <summary>The element type of the weights.</summary>
    public ScalarType Dtype => DtypePolicy.VariableType;

    /// <summary>Whether the weights exist.</summary>
    public bool IsBuilt { get; private protected set; }

    /// <summary>Layers inside this one; empty for all but models and wrappers.</summary>
    public virtual IReadOnlyList<Layer> Sublayers => [];

    /// <summary>All weights: trainable ones, then the others, then those of <see cref="Sublayers"/>, each depth first (Keras's order).
    /// A weight that is reached twice, through a layer shared with a nested model, is listed once.</summary>
    public virtual IReadOnlyList<Weight> Weights =>
        [.. _weights.Where(w => w.IsTrained), .. _weights.Where(w => !w.IsTrained), .. Sublayers.SelectMany(l => l.Weights).Distinct()];

    /// <summary>The penalty on this layer's output, divided by the batch size and added to the loss.</summary>
    public Regularizer? ActivityRegularizer { get; protected init; }

    /// <summary>Counts the changes of any <see cref="Trainable"/>, so that a trainer sees them without asking every layer.</summary>
    internal static int TrainableVersion => Volatile.Read(ref s_trainableVersion);

    internal bool HasAutoName { get; }

    /// <summary>Whether the layer hands its input through unchanged when it is not training (dropout, noise).</summary>
    protected internal virtual bool IsIdentityAtInference => false;

    /// <summary>Whether the output keeps the mask of the (only) input, as it does for all that works step by step. A layer that makes or changes masks is an
    /// <see cref="IMaskProducer"/>, one whose result depends on them an <see cref="IMaskConsumer"/>; every other layer ends the mask, as in Keras.</summary>
    protected internal virtual bool SupportsMasking => false;

    /// <summary>The element type of the output: what the layer computes in, but for layers that give whole numbers.</summary>
    internal virtual ScalarType OutputDtype => DtypePolicy.ComputeType;

    /// <summary>The element type of data for a <see cref="Sequential"/> that this layer heads; null for <see cref="Keras.FloatType"/>.</summary>
    internal virtual ScalarType? InputType => null;

    /// <summary>Another layer that computes what a true argument of Keras's call asks for; null where there is none.</summary>
    internal virtual Layer? Variant(string argument) => null;

    /// <summary>The names by which Keras's layer takes its inputs one by one, <c>layer(query, value, key=…)</c>; null where it takes them as one list.</summary>
    internal virtual IReadOnlyList<string>? CallNames => null;

    /// <summary>What the layer does, done in the memory of its input; null for layers that cannot, or whose gradient needs the input.</summary>
    internal virtual Func<Tensor, Tensor>? Overwriting => null;

    /// <summary>The output shape for an input shape, batch axis included. Pure: nothing runs and nothing is built. By default the input's.</summary>
    /// <param name="input">The input shape, batch axis first.</param>
    public virtual Shape ComputeOutputShape(Shape input) => input;

    /// <summary>The output shape for several inputs. By default only one input is taken.</summary>
    /// <param name="inputs">The input shapes, batch axes first.</param>
    public virtual Shape ComputeOutputShape(IReadOnlyList<Shape> inputs) => ComputeOutputShape(Single(inputs));

    /// <summary>All output shapes; layers with several outputs override this one.</summary>
    /// <param name="inputs">The input shapes, batch axes first.</param>
    public virtual IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputs) => [ComputeOutputShape(inputs)];

    /// <summary>Creates the weights with <see cref="AddWeight"/>; called once, before the first use.</summary>
    /// <param name="input">The input shape, batch axis first.</param>
    protected virtual void Build(Shape input)
    {
    }

    /// <summary>Creates the weights of a layer that takes several inputs.</summary>
    /// <param name="inputs">The input shapes, batch axes first.</param>
    protected virtual void Build(IReadOnlyList<Shape> inputs) => Build(Single(inputs));

    /// <summary>Computes the output. Intermediate tensors need no disposal: a scope around the step frees them.</summary>
    /// <param name="input">The input, in the shape that the layer was built for.</param>
    /// <param name="training">Whether this is a training step.</param>
    protected internal virtual Tensor Forward(Tensor input, bool training) => throw Throw.NoForward(this);

    /// <summary>Computes the output of a layer that takes several inputs.</summary>
    /// <param name="inputs">The inputs in call order.</param>
    /// <param name="training">Whether this is a training step.</param>
    protected internal virtual Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => Forward(inputs[0], training);

    /// <summary>Computes every output of a layer that has several.</summary>
    /// <param name="inputs">The inputs in call order.</param>
    /// <param name="training">Whether this is a training step.</param>
    protected internal virtual IReadOnlyList<Tensor> ForwardMany(IReadOnlyList<Tensor> inputs, bool training) => [Forward(inputs, training)];

    /// <summary>Adds a weight; call it from <see cref="Build(Shape)"/>.</summary>
    /// <param name="name">The name within the layer.</param>
    /// <param name="shape">The shape, all extents known, in Keras's layout.</param>
    /// <param name="initializer">How it is filled; by default <c>glorot_uniform</c>.</param>
    /// <param name="trainable">Whether training changes it.</param>
    /// <param name="regularizer">A penalty added to the loss.</param>
    /// <param name="constraint">A projection after each step.</param>
    /// <param name="layout">For each axis of the tensor that <see cref="Forward(Tensor, bool)"/> wants, the axis of <paramref name="shape"/>; by default the same.
    /// The memory order stays so that the last surface axis of a convolution's (out, height, width, in) storage is dense.</param>
    /// <returns>The weight; use its <see cref="Weight.Value"/> in <see cref="Forward(Tensor, bool)"/>.</returns>
    protected Weight AddWeight(
        string name,
        Shape shape,
        Initializer? initializer = null,
        bool trainable = true,
        Regularizer? regularizer = null,
        Constraint? constraint = null,
        int[]? layout = null)
    {
        initializer ??= new GlorotUniform();
        using var gradients = torch.no_grad();
        using var values = initializer.Create(shape.ToArray(), Dtype);
        // One of the user's own may hand out what it keeps.
        var isFresh = initializer.GetType().Assembly == typeof(Initializer).Assembly;
        var native = WeightStorage.Create(values, layout, Keras.Device, trainable, isFresh);
        var weight = new Weight(this, name, shape, native, trainable, layout, rebindable: true)
        {
            Initializer = initializer,
            Regularizer = regularizer,
            Constraint = constraint,
        };
        _weights.Add(weight);
        return weight;
    }

    /// <summary>Adds a weight that a TorchSharp module owns.</summary>
    private protected void AddForeignWeight(string name, Tensor value, bool trainable) =>
        _weights.Add(new Weight(this, name, new Shape(value.shape), value, trainable, layout: null, rebindable: false));

    /// <summary>Adds a trained weight that a TorchSharp module owns, and fills it.</summary>
    private protected Weight AddForeignWeight(string name, Tensor value, Shape shape, int[]? layout, Initializer initializer, Regularizer? regularizer, Constraint? constraint)
    {
        var weight = new Weight(this, name, shape, value, trainable: true, layout, rebindable: false)
        {
            Initializer = initializer,
            Regularizer = regularizer,
            Constraint = constraint,
        };
        using var values = initializer.Create(shape.ToArray(), Dtype);
        weight.Assign(values);
        _weights.Add(weight);
        return weight;
    }

    private Shape Single(IReadOnlyList<Shape> inputs) =>
        inputs.Count == 1 ? inputs[0] : throw Throw.WrongInputCount(this, "one tensor", inputs.Count);
}
