using System.Reflection;
using DeepKeras.Schedules;
using DeepKeras.Serialization;
using DeepKeras.Tests.Optimizers.Fixtures;

namespace DeepKeras.Tests.Optimizers;

/// <summary>Defaults, names and refusals.</summary>
public sealed class OptimizerOptionTests
{
    [TestCase("sgd", typeof(SGD))]
    [TestCase("rmsprop", typeof(RMSprop))]
    [TestCase("adam", typeof(Adam))]
    [TestCase("adamw", typeof(AdamW))]
    [TestCase("adagrad", typeof(Adagrad))]
    [TestCase("adadelta", typeof(Adadelta))]
    [TestCase("adamax", typeof(Adamax))]
    [TestCase("nadam", typeof(Nadam))]
    [TestCase("lion", typeof(Lion))]
    [TestCase("lamb", typeof(Lamb))]
    [TestCase("ftrl", typeof(Ftrl))]
    [TestCase("adafactor", typeof(Adafactor))]
    [TestCase("muon", typeof(Muon))]
    public void KerasStringsMakeOptimizers(string name, Type type)
    {
        Optimizer optimizer = name;
        optimizer.Should().BeOfType(type);
        optimizer.Name.Should().Be(name);
        optimizer.CurrentLearningRate.Should().Be(name == "sgd" ? 0.01 : 0.001);
    }

    [Test]
    public void UnknownNamesListTheNearest()
    {
        var act = () => { Optimizer _ = "adamm"; };
        act.Should().Throw<KerasException>().WithMessage("Unknown optimizer \"adamm\". The nearest names are*\"adam\"*");
    }

    [Test]
    public void DefaultsAreKeras()
    {
        new AdamW().WeightDecay.Should().Be(0.004);
        new Adam().Should().BeEquivalentTo(new { Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-7, Amsgrad = false, WeightDecay = (double?)null, EmaMomentum = 0.99 });
        new RMSprop().Should().BeEquivalentTo(new { Rho = 0.9, Momentum = 0.0, Epsilon = 1e-7, Centered = false });
        new Adadelta().Rho.Should().Be(0.95);
        new Adagrad().InitialAccumulatorValue.Should().Be(0.1);
        new Lion().Beta2.Should().Be(0.99);
        new SGD().Should().BeEquivalentTo(new { Momentum = 0.0, Nesterov = false });
    }

    [Test]
    public void EveryParameterHasItsProperty()
    {
        var types = Catalog<Optimizer>.Types.Where(t => t.Assembly == typeof(Optimizer).Assembly).ToList();
        types.Should().HaveCountGreaterThanOrEqualTo(13);
        foreach (var type in types)
        {
            foreach (var parameter in type.GetConstructors().Single().GetParameters())
            {
                type.GetProperty(char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..]).Should().NotBeNull($"{type.Name}'s {parameter.Name} must be readable");
            }
        }
        typeof(Adam).GetConstructors().Single().GetParameters().Single(p => p.Name == "beta1").GetCustomAttribute<KerasNameAttribute>()!.Names.Should().Equal("beta_1");
    }

    [Test]
    public void WrongOptionsAreRefused()
    {
        Refused(() => new Adam(clipnorm: 1, clipvalue: 2), "Optimizer Adam 'adam' expects at most one of clipnorm, clipvalue and globalClipnorm but received clipnorm: 1, clipvalue: 2, globalClipnorm: none. Keep the one you want.");
        Refused(() => new SGD(-0.1), "Optimizer SGD 'sgd': learningRate must be a finite number of at least 0, or a schedule but was -0.1. *");
        Refused(() => new SGD(double.NaN), "*learningRate must be*");
        Refused(() => new SGD(momentum: 1.5), "*momentum must be from 0 to 1 but was 1.5. *");
        Refused(() => new RMSprop(momentum: -1), "*momentum must be from 0 to 1 but was -1. *");
        Refused(() => new RMSprop(rho: 1), "*rho must be at least 0 and below 1 but was 1. *");
        Refused(() => new Adam(beta1: 1), "*beta1 must be at least 0 and below 1 but was 1. *");
        Refused(() => new Lion(beta1: 0), "*beta1 must be above 0 and at most 1 but was 0. *");
        Refused(() => new Adagrad(initialAccumulatorValue: -1), "*initialAccumulatorValue must be at least 0 but was -1. *");
        Refused(() => new Ftrl(learningRatePower: 0.5), "*learningRatePower must be at most 0 but was 0.5. *");
        Refused(() => new Ftrl(l1RegularizationStrength: -1), "*l1RegularizationStrength must be at least 0 but was -1. *");
        Refused(() => new Muon(nsSteps: 0), "*nsSteps must be at least 1 but was 0. *");
        Refused(() => new Muon(momentum: 1), "*momentum must be at least 0 and below 1 but was 1. *");
        Refused(() => new Adam(emaMomentum: 1.1), "*emaMomentum must be from 0 to 1 but was 1.1. *");
        Refused(() => new Adam(emaOverwriteFrequency: 0), "*emaOverwriteFrequency must be at least 1 but was 0. *");
        Refused(() => new Adam(gradientAccumulationSteps: 1), "*gradientAccumulationSteps must be at least 2 but was 1. *");
        Refused(() => new Adam(lossScaleFactor: 0), "*lossScaleFactor must be a positive number but was 0. *");
    }

    [Test]
    public void AScheduledRateCannotBeSetByHand()
    {
        var optimizer = new Adam(new CosineDecay(0.1, 10));
        optimizer.Invoking(o => o.LearningRate = 0.1).Should().Throw<KerasException>()
            .WithMessage("Optimizer Adam 'adam' expects its learning rate from its schedule, CosineDecay, but received the number 0.1. Create the optimizer with a number*");
        optimizer.LearningRate = new StepDecay(0.5, 2);
        optimizer.CurrentLearningRate.Should().Be(0.5);
        var free = new Adam();
        free.LearningRate = 0.25;
        free.CurrentLearningRate.Should().Be(0.25);
        free.Invoking(o => o.LearningRate = -1).Should().Throw<KerasException>();
    }

    [Test]
    public void StepsNeedWeightsAndALossThatUsesThem()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var optimizer = new Adam();
        Refused(() => optimizer.Minimize(holder.Loss(0)), "Optimizer Adam 'adam' expects to know its weights but received a step before Build. Call optimizer.Build(model.Weights)*");
        optimizer.Build(holder.Weights);
        Refused(() => optimizer.Minimize(torch.ones(1)), "*expects a loss that depends on at least one trainable weight but received one that depends on none. Compute the loss*");
        using var leaf = torch.ones([1], ScalarType.Float32, null, true);
        Refused(() => optimizer.Minimize((leaf * 2).sum()), "*depends on none*");
        Refused(() => optimizer.Apply([null]), "*expects 3 gradients, one per trainable weight, but received 1. Give them in the order of optimizer.TrainableWeights*");
    }

    private static void Refused(Action act, string message) => act.Should().Throw<KerasException>().WithMessage(message);

    private static void Refused(Func<Optimizer> make, string message) => make.Should().Throw<KerasException>().WithMessage(message);

    [Test]
    public void GradientsOfALoopOfOnesOwnAreNotAdded()
    {
        using var scope = torch.NewDisposeScope();
        var (clean, used) = (WeightHolder.Three("clean"), WeightHolder.Three("used"));
        used.CopyFrom(clean);
        foreach (var holder in new[] { clean, used })
        {
            var optimizer = new SGD(0.1);
            optimizer.Build(holder.Weights);
            if (holder == used) used.Loss(7).backward();
            for (var step = 0; step < 2; step++) optimizer.Minimize(holder.Loss(step));
            holder.Weights.Select(w => w.Value.grad).Should().OnlyContain(g => ReferenceEquals(g, null), "the step's scope frees the gradients");
        }
        Difference(used.Values(), clean.Values(), 0, 0).Should().BeNull();
    }

    [Test]
    public void WhatFailsInTheBackwardPassIsAnException()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var optimizer = new SGD(0.1);
        optimizer.Build(holder.Weights);
        var needed = holder.Weights[0].Value.exp();
        var loss = needed.sum();
        using (torch.no_grad()) needed.detach().add_(1);
        optimizer.Invoking(o => o.Minimize(loss)).Should().Throw<System.Runtime.InteropServices.ExternalException>().WithMessage("*inplace operation*");
        optimizer.Minimize(holder.Loss(0));
    }
}
