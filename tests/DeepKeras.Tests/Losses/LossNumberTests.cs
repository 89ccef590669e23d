using DeepKeras.Losses;

namespace DeepKeras.Tests.Losses;

/// <summary>Properties of all losses, and numbers that no case file covers.</summary>
public sealed class LossNumberTests
{
    [TestCaseSource(typeof(LossSamples), nameof(LossSamples.Types))]
    public void The_fused_mean_is_the_mean_of_the_values(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var loss = LossSamples.Create(type);
        var (yTrue, yPred) = LossSamples.Data(loss);
        // Weights of 1 take the way over single values. Circle leaves values out, which the weights do not see.
        var ones = torch.ones([yTrue.size(0)], ScalarType.Float64);
        Close(loss.Compute(yTrue, yPred), Number(loss.Compute(yTrue, yPred, ones).mean()), 1e-12, 1e-9);
    }

    [TestCaseSource(typeof(LossSamples), nameof(LossSamples.Types))]
    public void Probabilities_of_exactly_0_and_1_give_finite_values_and_gradients(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var loss = LossSamples.Create(type);
        var (yTrue, yPred) = LossSamples.Data(loss, ScalarType.Float32);
        // Right in one row, wrong in another.
        foreach (var classes in new long[][] { [1, 3, 0, 1, 3], [0, 0, 0, 2, 1] })
        {
            if (loss is not CTC) yPred = torch.nn.functional.one_hot(Integers(classes, 5), 4).to_type(ScalarType.Float32);
            yPred.requires_grad = true;
            var value = loss.Compute(yTrue, yPred);
            value.backward();
            Numbers(value).Should().OnlyContain(v => double.IsFinite(v));
            Numbers(yPred.grad!).Should().OnlyContain(v => double.IsFinite(v));
        }
    }

    [TestCaseSource(typeof(LossSamples), nameof(LossSamples.Types))]
    public void Without_reduction_the_values_sum_up_to_the_sum(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var (yTrue, yPred) = LossSamples.Data(LossSamples.Create(type));
        var values = LossSamples.Create(type, "none").Compute(yTrue, yPred);
        Close(LossSamples.Create(type, "sum").Compute(yTrue, yPred), Numbers(values).Sum(), 1e-12, 1e-12);
    }

    [Test]
    public void A_perfect_prediction_costs_what_Keras_says_and_not_zero()
    {
        var right = Floats([0, 1, 0], 1, 3);
        Close(new CategoricalCrossentropy().Compute(right, right), 1.1920929e-07, 1e-12);
        Close(new SparseCategoricalCrossentropy().Compute(Integers([1], 1), right), 1.1920929e-07, 1e-12);
    }

    [Test]
    public void A_vector_and_a_column_are_compared_sample_by_sample()
    {
        var vector = Vector(1, 2, 4);
        var column = Floats([1, 2, 2], 3, 1);
        var mse = new MeanSquaredError();
        Close(mse.Compute(vector, column), 4.0 / 3);
        Close(mse.Compute(column, vector), 4.0 / 3);
        new MeanSquaredError("none").Compute(vector, column).shape.Should().Equal(3);
        // One rank up: (N, T) against (N, T, 1).
        Close(mse.Compute(Floats([1, 2, 3, 4], 2, 2), Floats([1, 2, 3, 6], 2, 2, 1)), 1);
    }

    [Test]
    public void Integer_targets_take_the_type_of_the_predictions()
    {
        Close(new MeanSquaredError().Compute(Integers([1, 0], 2, 1), Floats([0.5f, 0.5f], 2, 1)), 0.25);
        new MeanSquaredError().Compute(Integers([1, 0], 2, 1), Integers([1, 1], 2, 1)).dtype.Should().Be(ScalarType.Float32);
        new CategoricalCrossentropy().Compute(Floats([1, 0], 1, 2), torch.tensor(new[] { 0.5, 0.5 }, [1, 2])).dtype.Should().Be(ScalarType.Float64);
    }

    [Test]
    public void Weights_multiply_and_the_mean_still_divides_by_the_number_of_elements()
    {
        var (yTrue, yPred) = (Floats([0, 0, 0, 0], 2, 2), Floats([1, 1, 2, 2], 2, 2));
        Close(new MeanSquaredError().Compute(yTrue, yPred, Vector(1, 3)), (1 + 12) / 2.0);
        Close(new MeanSquaredError().Compute(yTrue, yPred, Floats([1, 3], 2, 1)), (1 + 12) / 2.0);
        Close(new MeanSquaredError().Compute(yTrue, yPred, torch.tensor(2f)), 5);
        Close(new MeanSquaredError("sum").Compute(yTrue, yPred, Vector(1, 3)), 13);
        Close(new MeanSquaredError("mean_with_sample_weight").Compute(yTrue, yPred, Vector(1, 3)), 13.0 / 4);
        Close(new MeanSquaredError("mean_with_sample_weight").Compute(yTrue, yPred), 2.5);
        Close(new MeanSquaredError("none").Compute(yTrue, yPred, Vector(1, 3)), [1, 12]);
    }

    [Test]
    public void A_weight_per_sample_weighs_all_its_positions_even_when_the_extents_agree()
    {
        // (2, 2, 1) targets give (2, 2) values; torch alone would lay the weights along the second axis.
        var (yTrue, yPred) = (torch.zeros([2, 2, 1]), Floats([1, 2, 3, 4], 2, 2, 1));
        Close(new MeanSquaredError("none").Compute(yTrue, yPred, Vector(1, 0)), [1, 4, 0, 0]);
    }

    [Test]
    public void Weights_that_sum_to_zero_give_zero() =>
        Close(new MeanAbsoluteError("mean_with_sample_weight").Compute(Vector(1, 2), Vector(3, 3), Vector(0, 0)), 0);

    [Test]
    public void A_mask_divides_by_the_number_of_entries_that_count()
    {
        var (yTrue, yPred) = (Floats([0, 0, 0], 3, 1), Floats([1, 2, 3], 3, 1));
        var mask = torch.tensor(new[] { true, false, true });
        Close(new MeanSquaredError().Compute(yTrue, yPred, null, mask), 5);
        Close(new MeanSquaredError("sum").Compute(yTrue, yPred, Vector(2, 2, 1), mask), 11);
        Close(new MeanSquaredError().Compute(yTrue, yPred, null, mask.logical_and(false)), 0);
    }

    [Test]
    public void An_ignored_class_costs_nothing_and_is_left_out_of_the_mean()
    {
        var p = Floats([0.5f, 0.5f, 0.25f, 0.75f], 2, 2);
        var loss = new SparseCategoricalCrossentropy(ignoreClass: -1);
        Close(loss.Compute(Integers([0, -1], 2), p), Math.Log(2));
        Close(new SparseCategoricalCrossentropy(ignoreClass: -1, reduction: "none").Compute(Integers([0, -1], 2), p), [Math.Log(2), 0]);
        // Together with a mask both must hold.
        Close(loss.Compute(Integers([0, -1], 2), p, null, torch.tensor(new[] { false, true })), 0);
    }

    [Test]
    public void Hinge_takes_zeros_for_minus_ones_only_when_all_targets_are_binary()
    {
        // max(1 + 0.5, 0) and max(1 − 0.5, 0); then targets that stay as they are: max(1 − 0, 0), max(1 − 1, 0).
        Close(new Hinge("none").Compute(Floats([0, 1], 2, 1), Floats([0.5f, 0.5f], 2, 1)), [1.5, 0.5]);
        Close(new Hinge("none").Compute(Floats([0, 2], 2, 1), Floats([0.5f, 0.5f], 2, 1)), [1, 0]);
    }

    [Test]
    public void Log_cosh_does_not_overflow() => Close(new LogCosh().Compute(Vector(0), Vector(1000)), 1000 - Math.Log(2));

    [Test]
    public void CTC_agrees_with_PyTorch()
    {
        // ctc_reference.py beside this file prints these numbers.
        var labels = Integers([1, 2, 0, 3, 3, 1], 2, 3);
        var scores = torch.arange(0, 64, 1, ScalarType.Float32).mul(0.37).sin().reshape(2, 8, 4);
        Close(new CTC("none").Compute(labels, scores), [5.8576345, 5.1010189]);
    }

    [Test]
    public void Crossentropy_chooses_by_the_shapes_for_each_output()
    {
        foreach (var name in new[] { "crossentropy", "ce" })
        {
            Loss loss = name;
            loss.Name.Should().Be(name);
            var p = Floats([0.2f, 0.8f], 2, 1);
            Close(loss.Compute(Vector(0, 1), p), Number(new BinaryCrossentropy().Compute(Vector(0, 1), p)));
            var q = Floats([0.2f, 0.8f, 0.6f, 0.4f], 2, 2);
            Close(loss.Compute(Integers([1, 1], 2), q), Number(new SparseCategoricalCrossentropy().Compute(Integers([1, 1], 2), q)));
            Close(loss.Compute(Floats([0, 1, 0.5f, 0.5f], 2, 2), q), Number(new CategoricalCrossentropy().Compute(Floats([0, 1, 0.5f, 0.5f], 2, 2), q)));
            Close(loss.Call(Integers([1, 1], 2), q), [-Math.Log(0.8), -Math.Log(0.4)]);
        }
    }

    [Test]
    public void A_loss_of_ones_own_overrides_Call_only()
    {
        var loss = new Cubed();
        loss.Name.Should().Be("cubed");
        Close(loss.Compute(Vector(1, 1), Floats([2, 3], 2, 1)), (1 + 8) / 2.0);
    }

    private sealed class Cubed : Loss
    {
        public override Tensor Call(Tensor yTrue, Tensor yPred) => yPred.sub(yTrue).pow(3).mean([-1]);
    }
}
