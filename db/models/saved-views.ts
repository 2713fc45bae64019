import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `saved_views`. */
export class SavedViewRow extends Model<
  InferAttributes<SavedViewRow>,
  InferCreationAttributes<SavedViewRow>
> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare name: string;
  declare query: string;
  declare createdAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    SavedViewRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        userId: {
          type: DataTypes.UUID,
          allowNull: false,
          references: { model: 'users', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        name: { type: DataTypes.TEXT, allowNull: false },
        query: { type: DataTypes.TEXT, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'saved_views', modelName: 'saved_views' },
    );
  }
}
