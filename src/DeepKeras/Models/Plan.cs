using DeepKeras.Layers;
using DeepKeras.Training;

namespace DeepKeras;

/// <summary>
/// A graph compiled once into a flat list of steps over numbered slots, nested models inlined. Each slot's last use is known, so that every
/// intermediate is let go of as early as possible: prediction frees it then, and training holds no more than autograd needs.
/// </summary>
internal sealed class Plan
{
    private readonly List<PlanStep> _steps = [];
    private readonly List<PlanCall>? _calls;
    private readonly int[] _inputSlots;
    private readonly int[] _outputSlots;
    private readonly int[] _outputMasks = [];
    private readonly bool _training;
    private readonly bool _noiseOnly;
    private readonly bool _isMixed;
    private int _slotCount;

    /// <param name="graph">What to run.</param>
    /// <param name="inputs">The model's inputs, in feeding order.</param>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="training">Whether the plan serves training; a plan for inference leaves dropout and noise out.</param>
    /// <param name="alsoRead">Picks slots, from every call in running order, whose values <see cref="Run"/> returns behind the outputs.</param>
    /// <param name="noiseOnly">Whether only dropout and noise train, and all else is as in inference.</param>
    public Plan(
        Graph graph,
        IReadOnlyList<KerasTensor> inputs,
        IReadOnlyList<KerasTensor> outputs,
        bool training,
        Func<IReadOnlyList<PlanCall>, IReadOnlyList<int>, IEnumerable<int>>? alsoRead = null,
        bool noiseOnly = false)
    {
        KeepMemory(graph, training);
        _training = training;
        _noiseOnly = noiseOnly;
        var slots = new Dictionary<KerasTensor, int>();
        foreach (var input in inputs) slots[input] = _slotCount++;
        _inputSlots = [.. inputs.Select(t => slots[t])];
        _calls = alsoRead is null ? null : [];
        AddSteps(graph, slots);
        _outputSlots = [.. outputs.Select(t => slots[t])];
        if (alsoRead is not null) _outputSlots = [.. _outputSlots, .. alsoRead(_calls!, _outputSlots)];
        var masks = new PlanMasks();
        masks.Assign(_steps, ref _slotCount);
        if (_outputSlots.Any(s => masks.Of(s) != StepMasks.None)) _outputMasks = [.. _outputSlots.Select(masks.Of)];
        MaskEnds = masks.Ends;
        _isMixed = MixedPrecision.Apply(_steps);
        if (!_isMixed) PlanFusion.Apply(_steps, _outputSlots, training);
        MarkLastUses();
    }

    /// <summary>How many layers run.</summary>
    public int StepCount => _steps.Count;

    /// <summary>The layers that a mask reaches and that do not keep it.</summary>
    public IReadOnlyList<Layer> MaskEnds { get; }

    /// <summary>Whether a layer is dropout or noise, or has some inside: random in training, and no augmentation of images.</summary>
    public static bool IsNoise(Layer layer) => layer is IRandomLayer { Draws: true } and not ImageAugmentationLayer || (layer is not (Model or Pipeline) && layer.Sublayers.Any(IsNoise));

    /// <summary>Runs the plan.</summary>
    /// <param name="inputs">One tensor per input, already of the right type and device.</param>
    /// <param name="side">Takes what the run gives beside its outputs; null where nobody asks for it.</param>
    /// <returns>One tensor per output.</returns>
    public Tensor[] Run(IReadOnlyList<Tensor> inputs, SideResults? side = null)
    {
        var slots = new Tensor?[_slotCount];
        var made = new bool[_slotCount];
        for (var i = 0; i < _inputSlots.Length; i++) slots[_inputSlots[i]] = inputs[i];
        foreach (var step in _steps)
        {
            try
            {
                // All that a step makes but its outputs ends with it. The code stands here so that few frames lie between Fit and torch.
                using var scope = torch.NewDisposeScope();
                if (step.Masks is { Output: not StepMasks.None } masks) MakeMask(step, masks, slots, made, scope);
                if (step.Outputs.Length > 1 || step.Masks is { AreConsumed: true })
                {
                    var to = step.Masks is { AreConsumed: true } taken
                        ? ((IMaskConsumer)step.Runner).Forward(step.Gather(slots), taken.Gather(slots), step.Training)
                        : step.Runner.ForwardMany(step.Gather(slots), step.Training);
                    for (var i = 0; i < step.Outputs.Length; i++)
                    {
                        made[step.Outputs[i]] = scope.Contains(to[i]);
                        slots[step.Outputs[i]] = scope.MoveToOuter(to[i]);
                    }
                }
                else
                {
                    var output = !step.IsPlain ? step.Fused!.Forward(step.Gather(slots), step.Training, step.Finish ?? Unchanged)
                        : step.Inputs.Length == 1 ? step.Runner.Forward(slots[step.Inputs[0]]!, step.Training)
                        : step.Runner.Forward(step.Gather(slots), step.Training);
                    made[step.Outputs[0]] = scope.Contains(output);
                    slots[step.Outputs[0]] = scope.MoveToOuter(output);
                }
                if (step.Penalty is not null && side is not null)
                {
                    var first = slots[step.Outputs[0]]!;
                    side.Add(step.Penalty.Penalty(first).div(first.shape[0]));
                }
                side?.Settle(scope);
            }
            catch (Exception failure) when (failure is not (KerasException or OperationCanceledException))
            {
                throw Throw.ForwardFailed(step.Layer, string.Join(", ", step.Inputs.Select(s => slots[s] is { IsInvalid: false } t ? Shape.Of(t).ToString() : "a disposed tensor")), failure);
            }
            Free(slots, made, step.Free);
        }
        var results = new Tensor[_outputSlots.Length];
        for (var i = 0; i < results.Length; i++) results[i] = _isMixed ? Wide(slots[_outputSlots[i]]!) : slots[_outputSlots[i]]!;
        if (side is not null && _outputMasks.Length > 0) side.Masks = [.. _outputMasks.Select(s => s == StepMasks.None ? null : slots[s])];
        return results;
    }

    private static void KeepMemory(Graph graph, bool training)
    {
        var (all, trained) = (0L, 0L);
        foreach (var weight in graph.Layers.SelectMany(layer => layer.Weights))
        {
            all += weight.ElementCount;
            if (weight.Trainable) trained += weight.ElementCount;
        }
        // Behind a frozen base little is held for gradients.
        _ = HostMemory.KeepFreed(training && trained > all / 2, all);
    }

    private static Tensor Unchanged(Tensor x) => x;

    /// <summary>Losses and readers get float32.</summary>
    private static Tensor Wide(Tensor x) => x.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? x.to_type(ScalarType.Float32) : x;

    /// <summary>Before the layer runs, which may overwrite its inputs.</summary>
    private static void MakeMask(PlanStep step, StepMasks masks, Tensor?[] slots, bool[] made, DisposeScope scope)
    {
        var mask = ((IMaskProducer)step.Layer).ComputeMask(step.Gather(slots), masks.Gather(slots));
        made[masks.Output] = scope.Contains(mask);
        slots[masks.Output] = scope.MoveToOuter(mask);
    }

    private static void Free(Tensor?[] slots, bool[] made, int[] done)
    {
        foreach (var slot in done)
        {
            var tensor = slots[slot];
            slots[slot] = null;
            // What a layer did not make in this run is somebody else's: a weight, a tensor that a Lambda holds. An input may have been handed
            // through as the very same object; then the slot that still needs it takes it over.
            if (tensor is null || !made[slot]) continue;
            var other = Array.IndexOf(slots, tensor);
            if (other >= 0) made[other] = true;
            else tensor.Dispose();
        }
    }

    private void AddSteps(Graph graph, Dictionary<KerasTensor, int> slots)
    {
        foreach (var node in graph.Nodes)
        {
            if (node.Outputs.All(slots.ContainsKey))
            {
                _calls?.Add(new(node.Layer, [], [.. node.Outputs.Select(t => slots[t])]));
                continue;
            }
            int[] inputs = [.. node.Inputs.Select(t => slots[t])];
            if (node.Layer is Model nested)
            {
                var inner = new Dictionary<KerasTensor, int>();
                for (var i = 0; i < inputs.Length; i++) inner[nested.Inputs[i]] = inputs[i];
                AddSteps(nested.Graph, inner);
                for (var i = 0; i < node.Outputs.Count; i++) slots[node.Outputs[i]] = inner[nested.Outputs[i]];
            }
            else if (!_training && node.Layer.IsIdentityAtInference && node.Layer.ActivityRegularizer is null && inputs.Length == 1)
            {
                slots[node.Outputs[0]] = inputs[0];
            }
            else
            {
                foreach (var output in node.Outputs) slots[output] = _slotCount++;
                _steps.Add(new PlanStep(node.Layer, inputs, [.. node.Outputs.Select(t => slots[t])], _training && (!_noiseOnly || IsNoise(node.Layer))));
            }
            _calls?.Add(new(node.Layer, inputs, [.. node.Outputs.Select(t => slots[t])]));
        }
    }

    private void MarkLastUses()
    {
        var kept = _inputSlots.Concat(_outputSlots).Concat(_outputMasks).ToHashSet();
        var seen = new HashSet<int>();
        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            var step = _steps[i];
            step.Free = [.. step.Inputs.Concat(step.Outputs).Concat(step.Masks?.Slots ?? []).Distinct().Where(s => !kept.Contains(s) && seen.Add(s))];
        }
    }
}
