using DeepKeras.Layers;

namespace DeepKeras;

/// <content>One step: gradients, clipping, decay, update, average, constraints.</content>
public abstract partial class Optimizer
{
    private readonly Tensor[] _losses = new Tensor[1];

    /// <summary>Whether the averages stand in for the weights, see <see cref="SwapAverage"/>.</summary>
    internal bool ShowsAverage
    {
        get;
        set
        {
            field = value;
            foreach (var part in Parts)
            {
                if (!ReferenceEquals(part, this)) part.ShowsAverage = value;
            }
        }
    }

    /// <summary>Takes one step down the gradient of a scalar, for the weights that are trainable now. Nothing happens when there are none.</summary>
    /// <param name="loss">A scalar that depends on the weights.</param>
    /// <exception cref="KerasException">The loss depends on no trainable weight.</exception>
    public void Minimize(Tensor loss)
    {
        using var scope = torch.NewDisposeScope();
        Apply(ComputeGradients(loss));
    }

    /// <summary>Takes one step down a loss that can be computed again: first-order optimizers do so once, <see cref="SecondOrderOptimizer"/>s as often as they need.</summary>
    /// <param name="loss">Computes a scalar that depends on the weights, the same one whenever the weights are the same.</param>
    /// <exception cref="KerasException">The loss depends on no trainable weight.</exception>
    public virtual void Minimize(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        using var scope = torch.NewDisposeScope();
        Minimize(loss());
    }

    /// <summary>The gradients of a scalar, for a training loop of one's own; hand them to <see cref="Apply"/>.</summary>
    /// <param name="loss">A scalar that depends on the weights.</param>
    /// <returns>One per trainable weight, in the order of <see cref="TrainableWeights"/>; <see langword="null"/> where the loss does not depend on it.</returns>
    /// <exception cref="KerasException">The loss depends on no trainable weight.</exception>
    public IReadOnlyList<Tensor?> ComputeGradients(Tensor loss)
    {
        RefreshTrainable();
        if (_trainable.Length == 0) return [];
        if (!loss.requires_grad) throw Throw.LossWithoutWeights(this);
        _losses[0] = LossScale is { } factor ? loss * factor : loss;
        for (var i = 0; i < _trainable.Length; i++)
        {
            _inputs[i] = _trainable[i].Native;
            // Left by a loop of the user's own; it would be added to.
            _inputs[i].grad = null;
        }
        // Not autograd.grad: what fails in there (out of memory, say) ends the process in TorchSharp, where backward throws.
        torch.autograd.backward(_losses, null, false, false, _inputs);
        var gradients = new Tensor?[_inputs.Length];
        var found = false;
        for (var i = 0; i < gradients.Length; i++)
        {
            if (_inputs[i].grad is not { } gradient) continue;
            gradients[i] = gradient;
            found = true;
            // The step's scope alone holds it now, and frees it.
            _inputs[i].grad = null;
        }
        return found ? gradients : throw Throw.LossWithoutWeights(this);
    }

    /// <summary>Changes the trainable weights by their gradients.</summary>
    /// <param name="gradients">One per weight of <see cref="TrainableWeights"/>, in that order and in the layout of <see cref="Weight.Value"/>; <see langword="null"/> leaves a weight alone.</param>
    /// <exception cref="KerasException">The number of gradients differs from that of the trainable weights.</exception>
    public void Apply(IReadOnlyList<Tensor?> gradients) => ApplyScaled(gradients, LossScale);

    /// <summary>Changes the trainable weights by gradients of a loss that was multiplied by a factor.</summary>
    /// <param name="gradients">One per weight of <see cref="TrainableWeights"/>.</param>
    /// <param name="scale">The factor; null where there was none.</param>
    internal virtual void ApplyScaled(IReadOnlyList<Tensor?> gradients, double? scale)
    {
        RefreshTrainable();
        if (gradients.Count != _trainable.Length) throw Throw.GradientCount(this, _trainable.Length, gradients.Count);
        if (_trainable.Length == 0) return;
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        ArrangeSlots(gradients);
        foreach (var slot in _slots) slot.Gather(gradients);
        if (!Accepts(_slots))
        {
            foreach (var slot in _slots) slot.Gradient = null;
            return;
        }
        Unscale(scale);
        if (Accumulate())
        {
            Clip();
            UpdateSlots();
        }
        if (UseEma) Average();
        Constrain();
        MarkChanged();
        MicroSteps++;
        foreach (var slot in _slots) slot.Gradient = null;
        AfterStep();
    }

    /// <summary>The gradients as this optimizer would clip them; they stay as they are where no limit is set.</summary>
    /// <param name="gradients">Gradients, one tensor per weight.</param>
    public IReadOnlyList<Tensor> ClipGradients(IReadOnlyList<Tensor> gradients)
    {
        if (Clipvalue is { } value) return [.. gradients.Select(g => g.clamp(-value, value))];
        if (Clipnorm is { } norm) return [.. gradients.Select(g => g * GradientClipping.Factor(g.norm(), norm))];
        if (GlobalClipnorm is not { } all) return gradients;
        var factor = GradientClipping.GlobalFactor([.. gradients.Select(g => g.norm())], all);
        return [.. gradients.Select(g => g * factor)];
    }

    /// <summary>Replaces the weights by their moving average where <see cref="UseEma"/> asks for one. <c>Fit</c> calls it when it ends.</summary>
    public void FinishTraining()
    {
        foreach (var part in Parts) part.KeepAverage();
        if (UseEma && MicroSteps > 0) ShowsAverage = false;
    }

    private void KeepAverage()
    {
        if (!UseEma || MicroSteps == 0) return;
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        ArrangeSlots(gradients: null);
        foreach (var slot in _slots)
        {
            // Where the averages stand in for the weights already, the weights proper lie in their place.
            if (ShowsAverage) slot[_average].copy_(slot.Value);
            else slot.Value.copy_(slot[_average]);
        }
        MarkChanged();
    }

    /// <summary>What this step's loss is multiplied by.</summary>
    private protected virtual double? LossScale => LossScaleFactor;

    /// <summary>Whether the gradients, still scaled, are good enough for a step; else nothing changes and the step does not count.</summary>
    /// <param name="slots">The gradients.</param>
    private protected virtual bool Accepts(IReadOnlyList<Slot> slots) => true;

    /// <summary>Called when a step is done.</summary>
    private protected virtual void AfterStep()
    {
    }

    /// <summary>The decay of a weight, for rules that treat weights differently.</summary>
    /// <param name="weight">A weight that is not left out of the decay.</param>
    internal virtual double? DecayOf(Weight weight) => WeightDecay;

    /// <summary>Exchanges the weights and their averages; a second call puts both back. Before the first step there is nothing to exchange.</summary>
    internal void SwapAverage()
    {
        foreach (var part in Parts) part.ExchangeAverage();
        ShowsAverage = !ShowsAverage;
    }

    private void ExchangeAverage()
    {
        if (MicroSteps == 0) return;
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        ArrangeSlots(gradients: null);
        foreach (var slot in _slots)
        {
            var weights = slot.Value.clone();
            slot.Value.copy_(slot[_average]);
            slot[_average].copy_(weights);
        }
        MarkChanged();
    }

    private void MarkChanged()
    {
        foreach (var slot in _slots)
        {
            foreach (var member in slot.Members) member.Weight.MarkChanged();
        }
    }

    private void Unscale(double? scale)
    {
        if (scale is not { } factor) return;
        foreach (var slot in _slots)
        {
            if (slot.Gradient is { } gradient) slot.Replace(slot.OwnsGradient ? gradient.div_(factor) : gradient.div(factor));
        }
    }

    /// <summary>Adds the gradients up where steps share an update; says whether this step updates.</summary>
    private bool Accumulate()
    {
        if (GradientAccumulationSteps is not { } steps) return true;
        var isLast = (MicroSteps + 1) % steps == 0;
        foreach (var slot in _slots)
        {
            var sum = slot[_accumulator];
            if (slot.Gradient is { } gradient)
            {
                sum.add_(gradient);
                if (isLast) slot.Replace(sum.div(steps));
            }
            if (isLast) sum.fill_(0);
        }
        return isLast;
    }

    private void Clip()
    {
        // Keras takes a limit of 0 as "no limit".
        if (GlobalClipnorm is > 0 and var all) GradientClipping.ByGlobalNorm(_slots, all);
        if (Clipnorm is not > 0 && Clipvalue is not > 0) return;
        foreach (var slot in _slots)
        {
            if (slot.Gradient is null) continue;
            if (Clipnorm is > 0 and var norm) GradientClipping.ByNorm(slot, norm);
            else GradientClipping.ByValue(slot, Clipvalue!.Value);
        }
    }

    private void UpdateSlots()
    {
        var ownRate = CurrentLearningRate;
        BeginUpdate();
        foreach (var slot in _slots)
        {
            if (slot.Gradient is not { } gradient) continue;
            // Weights that share a slot share their factor, too.
            var weight = slot.Members[0].Weight;
            var learningRate = ownRate * weight.Owner.LearningRateFactor;
            if (DecayOf(weight) is { } decay && Decays(weight)) slot.Value.mul_(1 - (decay * learningRate));
            Update(slot, gradient, learningRate);
        }
    }

    private void Average()
    {
        // The first step copies the weights, so that the start value does not linger.
        var kept = Iterations == 0 ? 0 : EmaMomentum;
        var overwrite = EmaOverwriteFrequency is { } frequency && (Iterations + 1) % frequency == 0;
        foreach (var slot in _slots)
        {
            var average = slot[_average];
            if (kept == 0) average.copy_(slot.Value);
            else average.mul_(kept).add_(slot.Value, 1 - kept);
            if (overwrite) slot.Value.copy_(average);
        }
    }

    private void Constrain()
    {
        foreach (var slot in _slots)
        {
            if (slot.Gradient is null) continue;
            foreach (var member in slot.Members)
            {
                if (member.Weight.Constraint is { } constraint) member.Weight.Assign(constraint.Project(member.Weight.SurfaceView()));
            }
        }
    }
}
