using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What the cells of SimpleRNN, LSTM and GRU share: a kernel for the input, one for the state before, a bias, and dropout of both.</summary>
public abstract class DenseRecurrentCell : RecurrentCell, IRandomLayer
{
    private static readonly int[] s_transposed = [1, 0];
    private readonly int _gates;
    private readonly RandomStream _random;
    private Weight? _kernel;
    private Weight? _recurrentKernel;
    private Dictionary<string, Tensor>? _parameters;

    private protected DenseRecurrentCell(
        int gates,
        long units,
        ActivationFunction? activation,
        bool useBias,
        Initializer? kernelInitializer,
        Initializer? recurrentInitializer,
        Initializer? biasInitializer,
        Regularizer? kernelRegularizer,
        Regularizer? recurrentRegularizer,
        Regularizer? biasRegularizer,
        Constraint? kernelConstraint,
        Constraint? recurrentConstraint,
        Constraint? biasConstraint,
        double dropout,
        double recurrentDropout,
        int? seed,
        string? name)
        : base(name)
    {
        if (units < 1) throw Throw.BadArgument(Where, nameof(units), "a positive number", units, "Give the number of outputs wanted.");
        StateDropout.Check(Where, nameof(dropout), dropout);
        StateDropout.Check(Where, nameof(recurrentDropout), recurrentDropout);
        Units = units;
        Activation = activation ?? "tanh";
        UseBias = useBias;
        KernelInitializer = kernelInitializer ?? new GlorotUniform();
        RecurrentInitializer = recurrentInitializer ?? new Orthogonal();
        BiasInitializer = biasInitializer ?? new Zeros();
        KernelRegularizer = kernelRegularizer;
        RecurrentRegularizer = recurrentRegularizer;
        BiasRegularizer = biasRegularizer;
        KernelConstraint = kernelConstraint;
        RecurrentConstraint = recurrentConstraint;
        BiasConstraint = biasConstraint;
        Dropout = dropout;
        RecurrentDropout = recurrentDropout;
        Seed = seed;
        _gates = gates;
        _random = new(seed);
    }

    /// <summary>Number of outputs.</summary>
    public long Units { get; }

    /// <summary>Function applied to what is added to the state.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>How the kernel of the input is filled.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>How the kernel of the state is filled.</summary>
    public Initializer RecurrentInitializer { get; }

    /// <summary>How the bias is filled.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>Penalty on the kernel of the input.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>Penalty on the kernel of the state.</summary>
    public Regularizer? RecurrentRegularizer { get; }

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>Projection of the kernel of the input after each step of the optimizer.</summary>
    public Constraint? KernelConstraint { get; }

    /// <summary>Projection of the kernel of the state after each step of the optimizer.</summary>
    public Constraint? RecurrentConstraint { get; }

    /// <summary>Projection of the bias after each step of the optimizer.</summary>
    public Constraint? BiasConstraint { get; }

    /// <summary>The share of the input that training drops; one draw holds for all steps of a sequence.</summary>
    public double Dropout { get; }

    /// <summary>The share of the state that training drops; one draw holds for all steps of a sequence.</summary>
    public double RecurrentDropout { get; }

    /// <summary>The seed of the cell's own random numbers.</summary>
    public int? Seed { get; }

    /// <summary>Whether torch may run whole sequences; said before the weights are made, which then live in its module.</summary>
    internal CudnnUse UseCudnn { get; set; }

    /// <summary>The setting that torch's kernel does not have; null where it has them all.</summary>
    internal virtual string? KernelObstacle => !UseBias ? "useBias: false" : RecurrentDropout > 0 ? "a recurrentDropout" : null;

    RandomStream IRandomLayer.Random => _random;

    bool IRandomLayer.Draws => Dropout > 0 || RecurrentDropout > 0;

    private protected Weight? Bias { get; private set; }

    /// <summary>The kernel of the input as torch holds it, <c>(gates · units, features)</c>.</summary>
    private protected Tensor Kernel => _kernel!.Native;

    /// <summary>The kernel of the state as torch holds it, <c>(gates · units, units)</c>.</summary>
    private protected Tensor RecurrentKernel => _recurrentKernel!.Native;

    /// <summary>Whether the weights are seen in their own element type, as torch's module has them; a mixed policy shows narrower ones.</summary>
    private protected bool IsWide => Kernel.dtype == Dtype;

    private protected virtual Initializer FirstBias => BiasInitializer;

    private protected virtual Shape BiasShape => new(_gates * Units);

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> StateShapes(Shape input)
    {
        var known = _kernel?.Shape[0];
        if (input.Rank != 2 || input[1] is null || (known is not null && known != input[1])) throw Throw.StepFeatures(this, known, input);
        return [new(input[0], Units)];
    }

    /// <inheritdoc/>
    public sealed override (Tensor Output, IReadOnlyList<Tensor> States) Step(Tensor input, IReadOnlyList<Tensor> states, bool training) =>
        Begin(input.unsqueeze(1), training)(0, states);

    /// <inheritdoc/>
    protected internal sealed override CellStep Begin(Tensor sequence, bool training)
    {
        var dropsState = training && RecurrentDropout > 0;
        var masks = dropsState ? StateDropout.Masks(_gates, [sequence.shape[0], Units], sequence, RecurrentDropout, _random) : null;
        return Begin(Project(sequence, training), masks);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        if (UseCudnn.Wanted != false && CreateModule(input[1]!.Value) is { } module) _parameters = Adopt(module);
        _kernel = Add("kernel", "weight_ih_l0", new(input[1], _gates * Units), KernelInitializer, KernelRegularizer, KernelConstraint, s_transposed);
        _recurrentKernel = Add("recurrent_kernel", "weight_hh_l0", new(Units, _gates * Units), RecurrentInitializer, RecurrentRegularizer, RecurrentConstraint, s_transposed);
        if (UseBias) Bias = Add("bias", "bias_ih_l0", BiasShape, FirstBias, BiasRegularizer, BiasConstraint, null);
    }

    /// <summary>torch's module for whole sequences, in which the weights shall live; null where it cannot do what the cell does.</summary>
    private protected abstract torch.nn.Module? CreateModule(long features);

    /// <summary>A pass over projected inputs.</summary>
    /// <param name="inputs">For each step the input times the kernel plus the bias, <c>(N, gates · units)</c>.</param>
    /// <param name="masks">For each gate the factors of the state before, or null.</param>
    private protected abstract CellStep Begin(Tensor[] inputs, Tensor[]? masks);

    /// <summary>The bias that is added to the product of the input.</summary>
    private protected virtual Tensor? InputBias() => Bias?.Native;

    /// <summary>How often the weights have changed; null where somebody outside may change them unseen.</summary>
    private protected (int Kernel, int Recurrent, int Bias)? Version() =>
        _kernel!.IsGivenAway || _recurrentKernel!.IsGivenAway || Bias is { IsGivenAway: true } ? null : (_kernel.Changes, _recurrentKernel.Changes, Bias?.Changes ?? 0);

    /// <summary>The sequence with dropped inputs, where one draw serves all gates.</summary>
    private protected Tensor Thinned(Tensor sequence, bool training) =>
        training && Dropout > 0 ? sequence.mul(StateDropout.Masks(1, [sequence.shape[0], 1, sequence.shape[2]], sequence, Dropout, _random)[0]) : sequence;

    /// <summary>Some gates' part of the kernel of the state, ready to stand behind a state: <c>(units, gates · units)</c>.</summary>
    private protected Tensor RecurrentPart(int first, int gates) => RecurrentKernel.narrow(0, first * Units, gates * Units).t();

    /// <summary>The state times its kernel, and plus something; each gate with its own mask where there are masks.</summary>
    private protected Tensor Recur(Tensor? sum, Tensor state, Tensor kernel, Tensor[]? masks)
    {
        if (masks is null) return sum is null ? state.mm(kernel) : torch.addmm(sum, state, kernel, 1, 1);
        var product = torch.cat([.. kernel.chunk(masks.Length, 1).Zip(masks, (k, m) => state.mul(m).mm(k))], 1);
        return sum is null ? product : product.add(sum);
    }

    private protected static Tensor[] Squash(ActivationFunction activation, Tensor sums, int gates)
    {
        if (gates == 1) return [activation.Function(sums)];
        // A function along the axis, such as softmax, must not see several gates as one.
        return activation.Name == "sigmoid" ? sums.sigmoid().chunk(gates, 1) : [.. sums.chunk(gates, 1).Select(activation.Function)];
    }

    // One product for all steps, time first, so that every step's part is dense.
    private Tensor[] Project(Tensor sequence, bool training)
    {
        var (batch, steps, features) = (sequence.shape[0], sequence.shape[1], sequence.shape[2]);
        var bias = InputBias();
        var eachGate = training && Dropout > 0 && RecurrentDropout > 0;
        var flat = (eachGate ? sequence : Thinned(sequence, training)).transpose(0, 1).reshape(steps * batch, features);
        var kernel = Kernel.t();
        Tensor product;
        if (eachGate)
        {
            // Keras draws for each gate where it drops states, too.
            var masks = StateDropout.Masks(_gates, [1, batch, features], sequence, Dropout, _random);
            var rows = flat.reshape(steps, batch, features);
            product = torch.cat([.. kernel.chunk(_gates, 1).Zip(masks, (k, m) => rows.mul(m).reshape(steps * batch, features).mm(k))], 1);
            if (bias is not null) product = product.add(bias);
        }
        else
        {
            product = bias is null ? flat.mm(kernel) : torch.addmm(bias, flat, kernel, 1, 1);
        }
        return product.reshape(steps, batch, _gates * Units).unbind(0);
    }

    private Weight Add(string name, string parameter, Shape shape, Initializer initializer, Regularizer? regularizer, Constraint? constraint, int[]? layout) => _parameters is null
        ? AddWeight(name, shape, initializer, regularizer: regularizer, constraint: constraint, layout: layout)
        : AddForeignWeight(name, _parameters[parameter], shape, layout, initializer, regularizer, constraint);

    // torch adds two biases where Keras has one: the second stays zero and is not trained.
    private static Dictionary<string, Tensor> Adopt(torch.nn.Module module)
    {
        using var gradients = torch.no_grad();
        var parameters = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, parameter) in module.named_parameters())
        {
            parameters.Add(name, parameter.DetachFromDisposeScope());
            if (name != "bias_hh_l0") continue;
            _ = parameter.fill_(0);
            parameter.requires_grad = false;
        }
        return parameters;
    }
}
